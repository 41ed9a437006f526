import { Alpine } from '@alpinejs/csp'
import { composer } from './components/composer.js'
import { byId, clock, composing, fill } from './components/dom.js'
import { MessageList } from './components/messages/list.js'
import { messageKeys } from './components/messages/keys.js'
import { messageMenu } from './components/messages/menu.js'
import { rowMaker } from './components/messages/rows.js'
import { Draft, Outbox } from './models/outbox.js'
import { Presence } from './models/presence.js'
import { linesOf, rows, Timeline } from './models/timeline.js'
import { acts } from './room/acts.js'
import { growingAnswers } from './room/answers.js'
import { arrivals } from './room/arrivals.js'
import { attention } from './room/attention.js'
import { connectionBar } from './room/bar.js'
import { botsPanel } from './room/bots.js'
import { base, boot, faceAt, lang, place, texts } from './room/boot.js'
import { changes } from './room/changes.js'
import { bindDialogs, closeByShade, dialogIsOpen, openKeys } from './room/dialogs.js'
import { closeDrawer } from './room/drawers.js'
import { pickEmoji } from './room/emoji.js'
import { emptyRoom } from './room/empty.js'
import { enterSends } from './room/enter-key.js'
import { refuseFiles } from './room/files.js'
import { history } from './room/history.js'
import { jumps } from './room/jump.js'
import { judge } from './room/judge.js'
import { knocks } from './room/knocks.js'
import { readMarks } from './room/marks.js'
import { making } from './room/making.js'
import { me } from './room/me.js'
import { expectMenus, openMenu } from './room/menus.js'
import { offer } from './room/own-card.js'
import { order } from './room/order.js'
import { peoplePanel } from './room/people.js'
import { personMenu } from './room/person-menu.js'
import { placesPanel } from './room/places.js'
import { pins } from './room/pins.js'
import { search } from './room/search.js'
import { reacted } from './room/reacted.js'
import { roomSettings } from './room/settings.js'
import { toSignin } from './room/session.js'
import { EVERYBODY, suggestions } from './room/suggestions.js'
import { switcher } from './room/switcher.js'
import { target } from './room/target.js'
import { tip } from './room/tip.js'
import { typingLine } from './room/typing.js'
import { fitViewport } from './room/viewport.js'
import { volumes } from './room/volumes.js'
import { mutedHere } from './room/muted.js'
import { mayWrite } from './room/may-write.js'
import { Connection } from './socket.js'

/** The room's page: what it knows, what it is made of, and who is told when something happens. */

const room = boot.room.name
/** As the server said: characters of a line, and how long one may be changed, in milliseconds; 0: always. */
let limits = { message_chars: 4000, edit_ms: 600_000, recall_ms: 120_000 }

/* What it knows */

const timeline = new Timeline(() => me.user.id)
const presence = new Presence()
const connection = new Connection({
  url: `${location.origin.replace(/^http/, 'ws')}${base}/chat`,
  room,
  timeline,
  on: { state: changed, hello, joined, said, other, unread },
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
})

/* What it is made of */

const { moment: time } = clock(lang, texts.room)
const field = () => Alpine.$data(byId('composer'))
const bar = connectionBar(connection)
const typing = typingLine(presence)
const muted = mutedHere({ changed: (user) => people.redraw(user) })
const people = peoplePanel({
  presence,
  connection,
  menu: (anchor, user) => person(anchor, user),
  isMuted: muted.is,
})
const volume = volumes({
  connection,
  changed() {
    bots.show()
    show()
  },
})
const bots = botsPanel({ presence, connection, mention, renamed: markCalls, time, volume })
const empty = emptyRoom({ presence, send: sayHi })
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

const change = changes({ connection, field, show })
const aim = target({ field })
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
const may = mayWrite({ settings: () => settings.now, waits: () => outbox.waiting > 0 })
const settings = roomSettings({
  connection,
  may: () => me.role !== undefined,
  pins: pinned.open,
  order: keeper.open,
  changed: () => may.show(),
  renamed,
  formulas: () => list.remake(),
  time,
  places,
})
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

const log = byId('log')
const act = acts({
  outbox,
  answers,
  changes: change,
  target: aim,
  person: (anchor, id) => person(anchor, who(id) ?? stranger(id, anchor)),
  jump,
  report: keeper.report,
  who: reacted({ nameOf }),
  field,
  mention,
})
const drawn = rowMaker({
  texts,
  faceAt,
  lang,
  beginning,
  me: () => me.user.id,
  nameOf,
  kept: change.kept,
  math: () => settings.now.math,
  calledBy,
})
const list = new MessageList({
  log,
  list: byId('rows'),
  rows: drawn,
  read,
  on: { older: paging.older, newer: paging.newer, following },
})
list.element.addEventListener('click', ({ target: pressed }) => {
  if (!(pressed instanceof Element)) return
  const again = pressed.closest('[data-again]')
  const message = pressed.closest('[data-unfold]') && list.messageOf(pressed)
  const opens = pressed.closest('[data-opens]')?.getAttribute('data-opens')
  if (again) change.again(Number(again.getAttribute('data-again')))
  if (message) drawn.unfold(message.node, message.row)
  if (opens) openFold(opens)
})
const menu = messageMenu({ log, list, texts, can, open: openMessageMenu, act })
messageKeys({ log, list, menu, act, bottom: toBottom, leave: focusInput })

Alpine.data('page', () => ({ onKey }))
Alpine.data(
  'composer',
  composer({
    texts,
    draft: new Draft(place),
    enterSends,
    send,
    limit: () => limits.message_chars,
    typing: () => connection.state.name === 'open' && connection.tell({ type: 'typing', room }),
    cancel: aim.cancel,
    emptyKeys: {
      ArrowUp: editLast,
      End: toBottom,
    },
    pickEmoji: (anchor, take) => void pickEmoji(anchor, take, { several: true }),
  }),
)
connection.open() // first: the line is made while the page is
Alpine.start()
suggestions({
  input: /** @type {HTMLTextAreaElement} */ (byId('input')),
  list: byId('suggest'),
  people: others,
  mayCallAll: () => me.role !== undefined,
  connection,
})

fitViewport()
expectMenus()
closeByShade()
refuseFiles({ tell: () => (field().note = texts.composer.noFiles) })
watchReturns()
showPeople()
noteKept()

/* What the server says */

/** @param {{user: import('./models/timeline.js').User, epoch: string, limits?: Partial<typeof limits>}} frame */
function hello(frame) {
  if (!me.is(frame.user)) return location.reload() // somebody else signed in beside us
  me.become(frame.user)
  places.hello(frame.rooms ?? [])
  volume.hello(frame.volumes)
  maker.hello(frame.may_make === true)
  limits = { ...limits, ...frame.limits }
  const back = outbox.bind(frame.epoch)
  if (back.length > 0)
    field().takeBack(back.map(({ data }) => data).join('\n'), texts.composer.returned)
}

function joined(frame, fresh) {
  presence.replace(frame.users ?? [], frame.count ?? 0, {
    ...me.user,
    role: frame.you?.role,
  })
  me.role = frame.you?.role
  settings.become(frame.settings, frame.title)
  may.muted(frame.you?.muted_until)
  may.slowed(frame.you?.wait_ms)
  waiting.joined(frame.knocks ?? [])
  muted.joined(frame.muted ?? [])
  void keeper.joined()
  pinned.joined(frame.pins)
  marks.joined(frame, fresh)
  answers.joined(frame.streams ?? [])
  answers.became(frame.events)
  if (fresh.length > 0) said(fresh)
  heardOwn(timeline.entries)
  showPeople()
  void people.list().then(markCalls)
  void bots.ask()
  marks.seen()
  outbox.connected()
  void toNamed()
}

/** @param {import('./models/timeline.js').Item[]} items */
function said(items) {
  answers.became(items)
  for (const item of linesOf(items)) {
    if (item.type === 'topic') settings.become({ ...settings.now, topic: item.data })
    if (item.type === 'pin') pinned.heard(item)
    if (volume.isMuted(item.user)) continue
    marks.heard(item)
    if (!me.is(item.user))
      calls.heard(item, item.all === true || item.mentions?.includes(me.user.id) === true)
    if (presence.said(item.user)) typing.show()
  }
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
  else if (frame.room === room) told[frame.type]?.(frame)
  else if (frame.type === 'knock') arriving.knocked(frame.room, frame.user)
}

/** What waits in other rooms. @param {Record<string, import('./models/places.js').Count>} counts */
function unread(counts) {
  heardElsewhere(places.counted(counts))
}

/** @param {import('./models/places.js').More[]} more */
function heardElsewhere(more) {
  calls.elsewhere(more)
  void arriving.called(more.filter(({ called }) => called))
}

/** What is not numbered, by its type. @type {Record<string, (frame: any) => void>} */
const told = {
  join: cameOrWent,
  left: cameOrWent,
  status({ user }) {
    presence.update(user)
    if (me.is(user)) {
      me.become(user)
      me.role = user.role
    }
    showPeople()
    show()
  },
  whisper({ user, data }) {
    timeline.whisper(user, data, Date.now())
    show()
  },
  room: (frame) => settings.become(frame.settings),
  policy: () => void bots.ask(),
  muted: (frame) => may.muted(frame.muted_until),
  kicked: (frame) => connection.sentOut(frame),
  knock: (frame) => waiting.heard(frame.user),
  answered: (frame) => waiting.answered(frame.user),
  silenced: muted.heard,
  report: keeper.newReport,
  handled: keeper.reported,
  delta: (frame) => answers.heard(frame),
  typing({ user }) {
    if (me.is(user) || volume.isMuted(user)) return
    presence.types(user, Date.now())
    typing.show()
  },
}

function cameOrWent({ type, users, count, at }) {
  presence[type](users, count)
  if (users.some(({ kind }) => kind === 'bot')) void bots.ask()
  if (!boot.room.peer) timeline.presence(type, users, at)
  showPeople()
  show()
}

/** @param {import('./socket.js').State} state */
function changed(state) {
  me.connected(state.name === 'open')
  if (state.name !== 'open') outbox.disconnected()
  if (state.name === 'stopped' && state.why === 'signed-out') return toSignin()
  bar.show(state)
  if (state.name !== 'connecting') bindDialogs()
}

/* What the person does */

/** @param {string} text */
function send(text) {
  const { kind, item } = aim.take() ?? {}
  if (kind === 'edit' && item) return void change.edit(item.seq, text)
  marks.answered()
  outbox.add(text, Date.now(), kind === 'reply' ? item : undefined)
  may.wrote()
  noteKept()
  void toBottom()
}

/** @param {string} text */
function sayHi(text) {
  send(text)
  focusInput()
}

/** The last thing I said is taken up again, as long as it may be; then the messages get the focus. */
function editLast() {
  const item = timeline.lastOf(me.user.id)
  const { now, editMs } = can()
  if (item && (editMs === 0 || now - item.at < editMs)) aim.edit(item)
  else list.focusLast()
}

function can() {
  const { edit_ms: editMs, recall_ms: recallMs } = limits
  const direct = settings.now.kind === 'direct'
  return { now: Date.now(), role: me.role, direct, editMs, recallMs }
}

/** @param {number} id */
function who(id) {
  return id === me.user.id ? me.user : (presence.byId(id) ?? timeline.lastOf(id)?.user)
}

/** Who left before this page came is known by how they are called. @param {number} id @param {HTMLElement} anchor */
function stranger(id, { textContent }) {
  const kind = /** @type {const} */ ('person')
  return { id, name: textContent?.slice(1) ?? '', imageid: '0', kind }
}

/** @param {number} id */
function nameOf(id) {
  return who(id)?.name
}

/** Whom a message calls, by all the names they have here. @param {import('./models/timeline.js').Item} item */
function calledBy({ mentions = [], all }) {
  const called = mentions.map((id) => ({ id, names: [nameOf(id) ?? '', ...bots.aliasesOf(id)] }))
  return all ? [...called, { id: /** @type {const} */ ('all'), names: EVERYBODY }] : called
}

/** More names are known now than when the messages were drawn. */
function markCalls() {
  list.remake((row) => row.kind === 'message' && (row.item?.mentions?.length ?? 0) > 0)
}

/** @param {string} name */
function mention(name) {
  field().insert(`@${name} `)
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

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (composing(event)) return
  if (event.key === 'Escape' && !dialogIsOpen()) closeDrawer()
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey) {
    event.preventDefault()
    palette.open()
  }
  if (event.defaultPrevented || elsewhere(event.target)) return
  if (event.key === '?') openKeys()
  else if (writes(event)) focusInput() // before the letter falls: it goes where it belongs
}

/** The page is in view again, or the network went or came. */
function watchReturns() {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return
    marks.back()
    show()
    connection.wake()
  })
  window.addEventListener('offline', () => connection.lost())
  window.addEventListener('online', () => connection.found())
  window.addEventListener('pageshow', () => connection.wake())
}

/* What the page shows */

/** Whatever the room is called now, the page calls it so. @param {string} title */
function renamed(title) {
  log.setAttribute(
    'aria-label',
    fill((boot.room.peer ? texts.direct : texts.room).messages, { room: title }),
  )
  list.remake(({ kind }) => kind === 'beginning')
  marks.title()
}

/** Where nothing was said before. */
function beginning() {
  const { peer } = boot.room
  const { title } = settings
  if (!peer) return fill(texts.room.beginning, { room: title })
  const { beginning: ofTwo, beginningBot: withBot } = texts.direct
  return fill(peer.kind === 'bot' ? withBot : ofTwo, { name: title })
}

/** Whatever changed, the page shows it with its next frame. */
function show() {
  marks.title()
  list.show()
}

function read() {
  const { entries, older, atHead } = timeline
  const { lines } = outbox
  const streams = answers.shown()
  const talk = lines.length + streams.length > 0 || entries.some(({ type }) => type !== 'presence')
  const nothing = timeline.epoch !== undefined && !talk && !older
  empty.show(nothing)
  if (talk) tip.offer()
  marks.show()
  const { failed: olderFailed } = paging
  const said = { entries, older, olderFailed, atHead, lines, streams }
  const all = rows({ ...said, me: { ...me.user, role: me.role }, unreadFrom: marks.from })
  return { rows: nothing ? [] : volume.folded(all), atHead }
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

function focusInput() {
  if (hasMouse()) byId('input').focus({ preventScroll: true })
}

/** With a keyboard too, most likely; a phone would open its own over the messages. */
function hasMouse() {
  return matchMedia('(hover: hover)').matches
}

/** A key there is not for the page. @param {EventTarget | null} target */
function elsewhere(target) {
  const own = 'input, textarea, select, dialog, [role=menu], [role=listbox]'
  return dialogIsOpen() || (target instanceof HTMLElement && target.closest(own) !== null)
}

/** A key that is a letter; the space bar presses buttons. @param {KeyboardEvent} event */
function writes({ key, ctrlKey, metaKey, altKey }) {
  return /^\S$/u.test(key) && !ctrlKey && !metaKey && !altKey
}
