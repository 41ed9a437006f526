import { linesOf } from '../models/timeline.js'
import { serverNow } from '../server-time.js'
import { boot, texts } from './boot.js'
import { limits } from './limits.js'
import { me } from './me.js'

/**
 * What the server says, and who of the page is told of it.
 * @param {{timeline: import('../models/timeline.js').Timeline, presence: import('../models/presence.js').Presence,
 *   connection: import('../socket.js').Connection, outbox: import('../models/outbox.js').Outbox,
 *   answers: Part<typeof import('./answers.js').growingAnswers>, marks: Part<typeof import('./marks.js').readMarks>,
 *   settings: Part<typeof import('./settings.js').roomSettings>, may: Part<typeof import('./may-write.js').mayWrite>,
 *   pinned: Part<typeof import('./pins.js').pins>, waiting: Part<typeof import('./knocks.js').knocks>,
 *   muted: Part<typeof import('./muted.js').mutedHere>, keeper: Part<typeof import('./order.js').order>,
 *   people: Part<typeof import('./people.js').peoplePanel>, bots: Part<typeof import('./bots.js').botsPanel>,
 *   volume: Part<typeof import('./volumes.js').volumes>, typing: Part<typeof import('./typing.js').typingLine>,
 *   places: Part<typeof import('./places.js').placesPanel>, arriving: Part<typeof import('./arrivals.js').arrivals>,
 *   calls: Part<typeof import('./attention.js').attention>, maker: Part<typeof import('./making.js').making>, aim: Part<typeof import('./target.js').target>, say: Part<typeof import('./says.js').says>,
 *   list: import('../components/messages/list.js').MessageList, show: () => void, showPeople: () => void, markCalls: () => void,
 *   toNamed: () => unknown}} room
 */
export function hears({
  timeline,
  presence,
  connection,
  outbox,
  answers,
  marks,
  settings,
  may,
  pinned,
  waiting,
  muted,
  keeper,
  people,
  bots,
  volume,
  typing,
  places,
  arriving,
  calls,
  maker,
  aim,
  say,
  list,
  show,
  showPeople,
  markCalls,
  toNamed,
}) {
  /** What is not numbered, by its type. @type {Record<string, (frame: any) => void>} */
  const told = {
    join: cameOrWent,
    left: cameOrWent,
    status({ user, elsewhere, gone }) {
      if (gone) may.left(true)
      if (elsewhere === undefined) presence.update(user)
      else presence.elsewhere(user, elsewhere)
      if (user.kind === 'bot') void bots.ask()
      if (me.is(user)) {
        // It tells the role in this room, which who made it has here alone.
        const house = user.role === me.role ? me.user.role : user.role
        me.become({ ...user, role: house })
        const { role } = me
        me.role = user.role
        // What moderators alone are told, they are told with how the room stands.
        if (role !== user.role) void connection.sync()
      }
      showPeople()
      show()
    },
    whisper({ user, data }) {
      timeline.whisper(user, data, serverNow())
      if (presence.said(user)) typing.show()
      show()
    },
    room(frame) {
      const { slow_ms: pace } = settings.now
      settings.become(frame.settings)
      if (settings.now.slow_ms !== pace) outbox.again()
    },
    policy: () => void bots.ask(),
    muted: (frame) => may.muted(frame.muted_until),
    kicked: (frame) => connection.sentOut(frame),
    knock: (frame) => waiting.heard(frame.user),
    answered: (frame) => waiting.answered(frame.user),
    silenced: (frame) => muted.heard(frame),
    report: keeper.newReport,
    handled: () => keeper.reported(),
    delta: (frame) => answers.heard(frame),
    typing({ user }) {
      if (me.is(user) || volume.isMuted(user)) return
      presence.types(user, Date.now())
      typing.show()
    },
  }

  return { hello, joined, said, other, unread }

  /** @param {{user: import('../models/timeline.js').User, epoch: string, limits?: Partial<typeof limits>}} frame */
  function hello(frame) {
    if (!me.is(frame.user)) return location.reload() // somebody else signed in beside us
    me.become(frame.user)
    places.hello(frame.rooms ?? [])
    volume.hello(frame.volumes)
    maker.hello(frame.may_make === true)
    Object.assign(limits, frame.limits)
    const back = outbox.bind(frame.epoch)
    if (back.length > 0)
      aim.takeBack(back.map(({ data }) => data).join('\n'), { note: texts.composer.returned })
  }

  function joined(frame, fresh) {
    const mine = { ...me.user, role: frame.you?.role }
    presence.replace(frame.users ?? [], frame.count ?? 0, mine, frame)
    me.role = frame.you?.role
    settings.become(frame.settings, frame.title)
    may.left(frame.gone === true)
    may.muted(frame.you?.muted_until)
    may.slowed(frame.you?.wait_ms)
    waiting.joined(frame.knocks ?? [])
    muted.joined(frame.muted ?? [])
    void keeper.joined()
    pinned.joined(frame.pins)
    marks.joined(frame, fresh)
    aim.check()
    answers.joined(frame.streams ?? [])
    answers.became(frame.events)
    if (fresh.length > 0) said(fresh)
    heardOwn(timeline.entries)
    showPeople()
    void people.list().then(markCalls)
    void bots.ask()
    marks.seen()
    outbox.connected()
    say.takeUp()
    void toNamed()
  }

  /** @param {import('../models/timeline.js').Item[]} items */
  function said(items) {
    answers.became(items)
    for (const item of linesOf(items)) {
      if (item.type === 'topic') settings.become({ ...settings.now, topic: item.data })
      if (item.type === 'pin') pinned.heard(item)
      if (volume.isMuted(item.user)) continue
      marks.heard(item)
      if (!me.is(item.user))
        calls.heard(item, item.all === true || item.mentions?.includes(me.user.id) === true)
    }
    // Who has changed a message has written it to its end, too.
    for (const { type, user } of items) if (type !== 'react' && presence.said(user)) typing.show()
    // What waited was sent by itself: the next one waits anew.
    if (items.some(({ type, user }) => type === 'chat' && me.is(user))) may.wrote()
    if (list.following) timeline.trim()
    else if (timeline.full) timeline.detach()
    heardOwn(items)
    marks.seen()
  }

  /** Own lines that everybody got need not wait any more. */
  function heardOwn(items) {
    const own = items.filter(({ user }) => me.is(user)).map(({ cid }) => cid)
    outbox.settle(timeline.seq, new Set(own))
    show()
  }

  function other(frame) {
    if (frame.type === 'rooms') heardElsewhere(places.told(frame))
    else if (frame.type === 'muted' && !frame.room) may.muted(frame.muted_until)
    else if (frame.type === 'kicked' && !frame.room) connection.sentOut(frame)
    else if (frame.type === 'volume') volume.heard(frame)
    else if (frame.type === 'read') places.counted({ [frame.room]: frame })
    else if (frame.type === 'notify') places.attended(frame)
    else if (frame.room === boot.room.name) told[frame.type]?.(frame)
    else if (frame.type === 'report') keeper.newReport(frame)
    else if (frame.type === 'knock') arriving.knocked(frame.room, frame.user)
  }

  /** What waits in other rooms. @param {Record<string, import('../models/places.js').Count>} counts */
  function unread(counts) {
    heardElsewhere(places.counted(counts))
  }

  /** @param {import('../models/places.js').More[]} more */
  function heardElsewhere(more) {
    calls.elsewhere(more)
    void arriving.called(more.filter(({ called }) => called))
  }

  /** Who only goes from one room to the other neither comes nor leaves. */
  function cameOrWent({ type, users, count, at, elsewhere, back }) {
    const really =
      type === 'join' ? presence.join(users, count, back) : presence.left(users, count, elsewhere)
    if (users.some(({ kind }) => kind === 'bot')) void bots.ask()
    if (!boot.room.peer && really.length > 0) timeline.presence(type, really, at)
    showPeople()
    show()
  }
}

/** @template {(room: any) => unknown} T @typedef {ReturnType<T>} Part */
