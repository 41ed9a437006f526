import { Alpine } from './alpine.js'
import { composer } from './components/composer.js'
import { byId } from './components/dom.js'
import { clock } from './models/clock.js'
import { MessageList } from './components/messages/list.js'
import { messageKeys } from './components/messages/keys.js'
import { messageMenu } from './components/messages/menu.js'
import { rowMaker } from './components/messages/rows.js'
import { Edits } from './models/edits.js'
import { Outbox } from './models/outbox.js'
import { Presence } from './models/presence.js'
import { Timeline } from './models/timeline.js'
import { acts } from './room/acts.js'
import { growingAnswers } from './room/answers.js'
import { arrivals } from './room/arrivals.js'
import { attention } from './room/attention.js'
import { connectionBar } from './room/bar.js'
import { botsPanel } from './room/bots.js'
import { base, boot, early, lang, place, texts } from './room/boot.js'
import { changes } from './room/changes.js'
import { closeByShade } from './room/dialogs.js'
import { facePicture } from './room/faces.js'
import { pickEmoji } from './room/emoji.js'
import { emptyRoom } from './room/empty.js'
import { enterSends } from './room/enter-key.js'
import { refuseFiles } from './room/files.js'
import { focusInput } from './room/focus.js'
import { hears } from './room/hears.js'
import { history } from './room/history.js'
import { invites } from './room/invites.js'
import { jumps } from './room/jump.js'
import { judge } from './room/judge.js'
import { pageKeys } from './room/keys.js'
import { knocks } from './room/knocks.js'
import { limits } from './room/limits.js'
import { readMarks } from './room/marks.js'
import { making } from './room/making.js'
import { me } from './room/me.js'
import { expectMenus, openMenu } from './room/menus.js'
import { names } from './room/names.js'
import { offer } from './room/own-card.js'
import { order } from './room/order.js'
import { peoplePanel } from './room/people.js'
import { personMenu } from './room/person-menu.js'
import { placesPanel } from './room/places.js'
import { pins } from './room/pins.js'
import { listPresses } from './room/presses.js'
import { reacted } from './room/reacted.js'
import { watchReturns } from './room/returns.js'
import { says } from './room/says.js'
import { search } from './room/search.js'
import { roomMenu } from './room/room-menu.js'
import { roomSettings } from './room/settings.js'
import { toSignin } from './room/session.js'
import { suggestions } from './room/suggestions.js'
import { beginningOf, labelOf } from './room/talk-name.js'
import { switcher } from './room/switcher.js'
import { target } from './room/target.js'
import { tip } from './room/tip.js'
import { typedOrders } from './room/typed-orders.js'
import { typingLine } from './room/typing.js'
import { view } from './room/view.js'
import { fitViewport } from './room/viewport.js'
import { volumes } from './room/volumes.js'
import { mutedHere } from './room/muted.js'
import { mayWrite } from './room/may-write.js'
import { comeToLife, wakeDialogs } from './room/waking.js'
import { Connection, lineAt } from './socket.js'

/**
 * The room's page: what it knows, and what it is made of. The walk of a message: components/composer.js, room/says.js,
 * models/outbox.js and socket.js, and back from the server socket.js, models/timeline.js, room/hears.js, room/view.js and
 * components/messages/list.js.
 */

const room = boot.room.name

/* What it knows */

const timeline = new Timeline(() => me.user.id)
const presence = new Presence()
const connection = new Connection({
  url: lineAt(base),
  room,
  timeline,
  early,
  on: {
    state: changed,
    hello: (frame) => heard.hello(frame),
    joined: (frame, fresh) => heard.joined(frame, fresh),
    said: (items) => heard.said(items),
    other: (frame) => heard.other(frame),
    unread: (counts) => heard.unread(counts),
  },
})
const outbox = new Outbox({
  ...place,
  user: me.user.id,
  send: ({ cid, room: name, data, reply }) =>
    connection.request({ type: 'chat', cid, room: name, data, reply_to: reply?.seq }),
  changed() {
    outbox.settle(timeline.seq)
    may.show()
    show()
  },
  takeBack: (line) => say.takeBack(line),
})
const edits = new Edits(place)

/* What it is made of */

const { moment: time } = clock(lang, texts.room)
const field = () => Alpine.$data(byId('composer'))
const mention = (/** @type {string} */ name) => field().insert(`@${name} `)
const bar = connectionBar(connection)
const typing = typingLine(presence)
const muted = mutedHere({ changed: (user) => people.redraw(user) })
const people = peoplePanel({
  presence,
  connection,
  menu: (anchor, user) => person(anchor, user),
  isMuted: muted.is,
  isAlone: () => may.alone,
})
const volume = volumes({
  connection,
  changed() {
    bots.show()
    show()
  },
})
const bots = botsPanel({ presence, connection, mention, renamed: markCalls, time, volume })
const empty = emptyRoom({ presence, send: (text) => say.sayHi(text) })
const answers = growingAnswers({ connection, show })
const places = placesPanel({ changed: () => marks.title() })
const arriving = arrivals({ connection, titleOf: places.titleOf })
const calls = attention({
  title: () => settings.title,
  level: () => places.places.named(room)?.level ?? 'all',
})
const paging = history({ room, timeline, connection, show })
const marks = readMarks({
  timeline,
  connection,
  following: () => list.following,
  elsewhere: () => places.places.waiting,
  called: () => settings.title,
  toBottom,
})

const aim = target({ field, timeline, outbox })
const change = changes({ connection, takeBack: aim.takeBack, show })
const { jump, toNamed } = jumps({ timeline, paging, reveal })
const finder = search({ connection, jump, time, titleOf: places.titleOf })
const pinned = pins({
  connection,
  jump,
  unpin: (seq) => change.pin(seq, false),
  mayUnpin: () => settings.now.kind === 'direct' || me.role !== undefined,
  time,
})

const judging = judge({ connection })
const keeper = order({
  connection,
  jump,
  time,
  titleOf: places.titleOf,
  recall: change.takeAway,
  judging,
})
const waiting = knocks({ connection })
const may = mayWrite({
  settings: () => settings.now,
  waits: () => outbox.waiting > 0,
  silenced() {
    for (const { node, row } of list.messages) drawn.hold(node, row)
  },
})
const held = () => (may.silenced ? texts.card.muted : '')
const settings = roomSettings({
  connection,
  changed: () => may.show(),
  renamed,
  looks: () => list.remake(),
})
invites({ connection, time })
roomMenu({ connection, settings, pins: pinned.open, order: keeper, places })
const others = () => presence.list(me.user.id).filter((user) => !me.is(user))
const maker = making({ connection })
const palette = switcher({
  connection,
  maker,
  places: places.places,
  people: others,
  search: finder.open,
})
const person = personMenu({ judging, mention, direct: palette.direct, isMuted: muted.is, volume })
offer(calls.choices)
offer(keeper.choices)

const log = byId('log')
const named = names({ presence, timeline, aliasesOf: bots.aliasesOf })
const act = acts({
  outbox,
  answers,
  changes: change,
  target: aim,
  person: (anchor, id) => person(anchor, named.pressed(anchor, id)),
  jump,
  report: keeper.report,
  who: reacted(named),
  mention,
})
const drawn = rowMaker({
  texts,
  facePicture,
  lang,
  beginning: () => beginningOf(settings.title),
  me: () => me.user.id,
  nameOf: named.nameOf,
  kept: change.kept,
  math: () => settings.now.math,
  still: () => settings.now.archived || bar.out,
  held,
  calledBy: named.calledBy,
})
const list = new MessageList({
  log,
  list: byId('rows'),
  rows: drawn,
  read: view({ timeline, outbox, answers, paging, marks, empty, volume }),
  on: { older: paging.older, newer: paging.newer, following },
})
listPresses({ list, again: change.again, unfold: drawn.unfold, openFold })
const say = says({
  outbox,
  edits,
  timeline,
  aim,
  change,
  marks,
  may,
  settings,
  list,
  pinned,
  order: typedOrders({ people: others, judging, takeBack: aim.takeBack }),
  field,
  noteKept,
  toBottom,
  out: () => bar.out,
})
const menu = messageMenu({ log, list, texts, can: say.can, open: openMessageMenu, act })
messageKeys({ log, list, menu, act, bottom: toBottom, leave: focusInput })

Alpine.data('page', () => ({ onKey: pageKeys({ openPalette: palette.open }) }))
Alpine.data(
  'composer',
  composer({
    texts,
    drafts: aim.drafts,
    enterSends,
    send: say.send,
    limit: () => limits.message_chars,
    typing: () => connection.state.name === 'open' && connection.tell({ type: 'typing', room }),
    cancel: aim.cancel,
    emptyKeys: {
      ArrowUp: say.editLast,
      End: toBottom,
    },
    pickEmoji: (anchor, take) => void pickEmoji(anchor, take, { several: true }),
  }),
)
const heard = hears({
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
})
await comeToLife(connection)
suggestions({
  input: /** @type {HTMLTextAreaElement} */ (byId('input')),
  list: byId('suggest'),
  people: others,
  aliasesOf: bots.aliasesOf,
  mayCallAll: () => me.role !== undefined,
  connection,
})

fitViewport()
setTimeout(() => places.watchDrafts())
expectMenus()
closeByShade()
refuseFiles({ tell: () => (field().note = texts.composer.noFiles) })
watchReturns({
  connection,
  back() {
    marks.back()
    show()
  },
})
showPeople()
noteKept()

/* What it does when something happens */

/** @param {import('./socket.js').State} state */
function changed(state) {
  me.connected(state.name === 'open')
  if (state.name !== 'open') {
    outbox.disconnected()
    presence.quiet()
    typing.show()
  }
  if (state.name === 'stopped' && state.why === 'signed-out') return toSignin()
  const wasOut = bar.out
  bar.show(state)
  if (wasOut !== bar.out) list.remake()
  if (state.name !== 'connecting') wakeDialogs()
}

/** More names are known now than when the messages were drawn. */
function markCalls() {
  list.remake((row) => row.kind === 'message' && (row.item?.mentions?.length ?? 0) > 0)
}

async function toBottom() {
  await paging.newest()
  list.toBottom()
  show()
  focusInput()
}

/** @param {import('./components/menu.js').Menu} choices */
function openMessageMenu(choices) {
  tip.done()
  void openMenu(choices)
}

/** @param {number} seq */
function reveal(seq) {
  volume.reach(seq)
  list.reveal(seq)
}

/** The lines of a bot that were put together. @param {string} key */
function openFold(key) {
  const seq = volume.unfold(key)
  if (seq !== undefined) list.reveal(seq)
}

/** @param {boolean} now */
function following(now) {
  if (now) marks.seen()
  show()
}

/** Whatever the room is called now, the page calls it so. @param {string} title */
function renamed(title) {
  log.setAttribute('aria-label', labelOf(title))
  list.remake(({ kind }) => kind === 'beginning')
  marks.title()
}

/** Whatever changed, the page shows it with its next frame. */
function show() {
  marks.title()
  list.show()
}

function showPeople() {
  people.show()
  bots.show()
  empty.greet()
  typing.show()
}

function noteKept() {
  if (!outbox.kept) field().note = texts.composer.notKept
}
