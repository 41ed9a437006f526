import { Alpine } from 'alpinejs'
import { composer } from './components/composer.js'
import { browserStorage, composing, copyText, fill, setCookie, setTheme } from './components/dom.js'
import { MessageList } from './components/message-list.js'
import { Draft, forgetAll, Outbox } from './models/outbox.js'
import { Presence, Unread } from './models/presence.js'
import { rows, Timeline } from './models/timeline.js'
import { Connection } from './socket.js'

/** A short break is not worth a bar: it is shown after this long. */
const BAR_AFTER_MS = 900
const RESTORED_MS = 2000
const TOAST_MS = 2500
/** The read mark is told at most this often. */
const READ_MS = 1000
const STACK = 4
/** More members are listed when so little is left below, in pixels. */
const PEOPLE_AHEAD = 400
/** Members are listed so many at a time, and asked for so: the most that the server gives. */
const LISTED = 200

const boot = JSON.parse(byId('boot').textContent ?? '{}')
const { texts, base, lang } = boot
const storage = browserStorage()
const place = { storage, server: String(boot.server), room: boot.room.name }

const timeline = new Timeline()
const presence = new Presence()
let unread = new Unread(boot.user.id, 0)
let me = boot.user
let limit = 4000
let olderFailed = false
let asking = false
let listed = LISTED
let listing = false
/** What the list shows of a member. @type {WeakMap<object, object>} */
const cards = new WeakMap()
/** @type {Partial<Record<'typing' | 'bar' | 'toast' | 'read', ReturnType<typeof setTimeout>>>} */
const timers = {}

const connection = new Connection({
  url: `${location.origin.replace(/^http/, 'ws')}${base}/chat`,
  room: boot.room.name,
  timeline,
  on: { state: changed, hello, joined, said, other },
})
const outbox = new Outbox({
  ...place,
  user: me.id,
  send: ({ cid, room, data }) => connection.request({ type: 'chat', cid, room, data }),
  changed: () => {
    outbox.settle(timeline.seq)
    show()
  },
})
const list = new MessageList({
  log: byId('log'),
  list: byId('rows'),
  lang,
  base,
  room: boot.room.title,
  texts,
  read: readRows,
  on: { older, newer, following, act, menu: openMenu, leave: focusInput, bottom: toBottom },
})

Alpine.store('room', {
  me: face(me),
  online: false,
  bar: { text: '', action: '', tone: '' },
  said: '',
  people: [],
  stack: [],
  count: '',
  more: '',
  status: '',
  typing: '',
  below: false,
  belowText: '',
  belowCount: 0,
  empty: false,
  hi: '',
})
const view = Alpine.store('room')

Alpine.data('page', () => ({
  drawer: '',

  get sideOpen() {
    return this.drawer === 'side'
  },
  get peopleOpen() {
    return this.drawer === 'people'
  },
  get drawerOpen() {
    return this.drawer !== ''
  },
  get onlineText() {
    return view.online ? texts.me.online : texts.me.offline
  },
  get pillLabel() {
    return view.belowCount > 0 ? view.belowText : texts.room.toBottom
  },
  /** For the eye; what is copied stays encoded. */
  shareShown: decodeURI(boot.share),
  sendKeys: 'Enter',
  lineKeys: 'Shift + Enter',

  shellClass() {
    return { 'has-drawer': this.drawerOpen }
  },
  sideClass() {
    return { 'is-open': this.sideOpen }
  },
  peopleClass() {
    return { 'is-open': this.peopleOpen }
  },
  onlineClass() {
    return { 'is-online': view.online }
  },
  barClass() {
    return `bar--${view.bar.tone}`
  },
  pillClass() {
    return { 'pill--new': view.belowCount > 0 }
  },

  openSide() {
    this.openDrawer('side')
  },
  openPeople() {
    this.openDrawer('people')
  },
  openDrawer(name) {
    this.opener = document.activeElement
    this.drawer = name
    this.$nextTick(() => byId(name).querySelector('.drawer-only')?.focus())
  },
  closeDrawer() {
    if (!this.drawer) return
    this.drawer = ''
    this.$nextTick(() => this.opener?.focus())
  },

  openShare() {
    this.drawer = ''
    dialog('share').showModal()
  },
  openKeys() {
    this.sendKeys = enterSends() ? 'Enter' : 'Ctrl + Enter'
    this.lineKeys = enterSends() ? 'Shift + Enter' : 'Enter'
    dialog('keys').showModal()
  },
  closeDialog({ target }) {
    target.closest('dialog').close()
  },
  async copyLink() {
    toast((await copyText(boot.share)) ? texts.copied : texts.notCopied)
  },
  openOwn({ currentTarget }) {
    void openMenu({
      anchor: currentTarget,
      label: texts.me.open,
      choices: ownChoices(() => this.openKeys()),
    })
  },
  morePeople,
  onPeopleScroll({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) {
    if (scrollHeight - scrollTop - clientHeight < PEOPLE_AHEAD) void morePeople()
  },
  mentionPerson({ currentTarget }) {
    this.drawer = ''
    mention(currentTarget.dataset.name)
  },
  sayHi() {
    const [bot] = presence.bots
    if (bot) send(fill(texts.empty.hiText, { name: bot.name }))
    focusInput()
  },
  toBottom,
  barAct() {
    if (connection.state.name === 'waiting' || connection.state.why === 'too-many')
      connection.open()
    else location.reload()
  },

  onKey(event) {
    if (composing(event)) return
    if (event.key === 'Escape' && this.drawer) this.closeDrawer()
    if (event.key === '?' && !writing(event.target) && !document.querySelector('dialog[open]'))
      this.openKeys()
  },
}))

const draft = new Draft(place)
Alpine.data(
  'composer',
  composer({
    texts,
    draft,
    enterSends,
    send,
    limit: () => limit,
    typing: () =>
      connection.state.name === 'open' && connection.tell({ type: 'typing', room: boot.room.name }),
    up: () => list.focusLast(),
  }),
)
Alpine.start()
const field = Alpine.$data(byId('composer'))

watchPage()
showPeople()
connection.open()
if (!outbox.kept) field.note = texts.composer.notKept

/* What the server says */

/** @param {{user: typeof me, epoch: string, limits?: {message_chars?: number}}} frame */
function hello(frame) {
  if (frame.user.id !== me.id) return location.reload() // somebody else signed in beside us
  me = frame.user
  view.me = face(me)
  limit = frame.limits?.message_chars ?? limit
  const back = outbox.bind(frame.epoch)
  if (back.length > 0)
    field.takeBack(back.map(({ data }) => data).join('\n'), texts.composer.returned)
}

function joined(frame, fresh) {
  presence.replace(frame.users ?? [], frame.count ?? 0, me)
  if (frame.mode === 'reset' || unread.read === 0) unread = new Unread(me.id, frame.you?.read ?? 0)
  if (fresh.length > 0) said(fresh)
  else if (frame.mode !== 'resume') unread.open(timeline.entries)
  heardOwn(timeline.entries)
  showPeople()
  void listPeople()
  seen()
  outbox.connected()
}

/** @param {import('./models/timeline.js').Item[]} items */
function said(items) {
  for (const item of items) {
    unread.heard(item, { seen: list.following, hidden: document.hidden })
    if (presence.said(item.user)) showTyping()
  }
  if (list.following) timeline.trim()
  else if (timeline.full) timeline.detach()
  heardOwn(items)
  seen()
}

/** Own lines that everybody got need not wait any more. */
function heardOwn(items) {
  const own = items.filter(({ user }) => user?.id === me.id).map(({ cid }) => cid)
  outbox.settle(timeline.seq, new Set(own))
  show()
}

function other(frame) {
  if (frame.room !== boot.room.name) return
  if (frame.type === 'join' || frame.type === 'left') {
    presence[frame.type](frame.users, frame.count)
    timeline.presence(frame.type, frame.users, frame.at)
    showPeople()
    show()
  } else if (frame.type === 'status') {
    presence.update(frame.user)
    if (frame.user.id === me.id) me = frame.user
    view.me = face(me)
    showPeople()
    show()
  } else if (frame.type === 'whisper') {
    timeline.whisper(frame.user, frame.data, Date.now())
    show()
  } else if (frame.type === 'typing' && frame.user.id !== me.id) {
    presence.types(frame.user, Date.now())
    showTyping()
  }
}

/** @param {import('./socket.js').State} state */
function changed(state) {
  view.online = state.name === 'open'
  if (state.name !== 'open') outbox.disconnected()
  if (state.why === 'signed-out') return toSignin()
  showBar(state)
}

/* What the person does */

/** @param {string} text */
function send(text) {
  unread.answered()
  outbox.add(text, Date.now())
  if (!outbox.kept) field.note = texts.composer.notKept
  void toBottom()
}

/** @param {string} name @param {any} row */
async function act(name, row) {
  const cid = row.line?.cid ?? ''
  if (name === 'copy') toast((await copyText(row.text)) ? texts.copied : texts.notCopied)
  else if (name === 'mention') mention(row.user.name)
  else if (name === 'retry') outbox.retry(cid)
  else if (name === 'edit') field.takeBack(outbox.take(cid) ?? row.text)
  else if (name === 'remove' && outbox.take(cid) !== undefined) toast(texts.message.removed)
}

/** @param {import('./components/menu.js').Menu} menu */
async function openMenu(menu) {
  const menus = await fetchMenus().catch(() => undefined)
  if (menus) menus.openMenu(menu)
  else toast(texts.signin.unreachable)
}

/** Not with the page, but before the first menu is asked for: the server may be away by then. */
function fetchMenus() {
  return import('./components/menu.js')
}

/** @param {string} name */
function mention(name) {
  field.insert(`@${name} `)
}

async function older() {
  if (asking || connection.state.name !== 'open' || timeline.first === undefined) return
  asking = true
  olderFailed = false
  show()
  await page({ before: timeline.first }, (events, more) => timeline.prepend(events, more)).catch(
    () => {
      olderFailed = true
    },
  )
  asking = false
  show()
}

async function newer() {
  if (asking || connection.state.name !== 'open') return
  asking = true
  await page({ after: timeline.last ?? 0 }, (events, more) => timeline.extend(events, more)).catch(
    () => undefined,
  )
  asking = false
  show()
}

async function toBottom() {
  if (!timeline.atHead)
    await page({}, (events, more) => timeline.restart(events, more)).catch(() => undefined)
  list.toBottom()
  show()
  focusInput()
}

async function morePeople() {
  if (listing || !view.more) return
  listed += LISTED
  await listPeople()
}

/** Asks for members until there are as many as are to be listed. */
async function listPeople() {
  if (listing) return
  listing = true
  while (presence.after !== undefined && presence.known < listed) {
    const frame = { type: 'members', room: boot.room.name, after: presence.after, limit: LISTED }
    const page = await connection.request(frame).catch(() => undefined)
    if (!page) break // the line went: with the next one the list begins anew
    presence.page(page.users, page.more)
  }
  listing = false
  showPeople()
}

/** @param {{before?: number, after?: number}} from @param {(events: any[], more: boolean) => void} take */
async function page(from, take) {
  const { events, more } = await connection.request({
    type: 'history',
    room: boot.room.name,
    limit: 50,
    ...from,
  })
  take(events, more)
}

function ownChoices(openKeys) {
  const language = (code, label) => ({
    label,
    lang: code,
    kind: 'radio',
    group: texts.language,
    checked: lang === code,
    run: () => setLang(code),
  })
  const chosen = document.documentElement.dataset.theme ?? ''
  const theme = (value, label) => ({
    label,
    kind: 'radio',
    group: texts.theme,
    checked: chosen === value,
    run: () => setTheme(base, value),
  })
  return [
    {
      label: texts.me.change,
      icon: 'face',
      run: () => location.assign(`${base}/signin?change=1&next=${encodeURIComponent(here())}`),
    },
    { ...theme('', texts.themeSystem), separate: true },
    theme('light', texts.themeLight),
    theme('dark', texts.themeDark),
    { ...language('zh-CN', '中文'), separate: true },
    language('en', 'English'),
    {
      label: texts.me.enterSends,
      kind: 'check',
      checked: enterSends(),
      run: turnEnterSends,
      separate: true,
    },
    { label: texts.me.keys, icon: 'keys', run: openKeys },
    { label: texts.me.signout, icon: 'out', danger: true, run: signOut, separate: true },
  ]
}

function setLang(code) {
  setCookie(base, 'lang', code)
  location.reload()
}

function enterSends() {
  return storage?.getItem('chat-room/enter') !== 'breaks'
}

function turnEnterSends() {
  try {
    storage?.setItem('chat-room/enter', enterSends() ? 'breaks' : 'sends')
  } catch {
    toast(texts.composer.notKept)
  }
}

/** What was written here belongs to who signs out. */
function signOut() {
  forgetAll(storage, place.server)
  const form = document.createElement('form')
  form.method = 'post'
  form.action = `${base}/signout`
  document.body.append(form)
  form.submit()
}

/* What the page shows */

/** Whatever changed, the page shows it with its next frame, which a hidden one has not; its title it shows at once. */
function show() {
  const name = `${boot.room.title} · ${boot.title || texts.app}`
  const title = unread.away > 0 ? `(${unread.away}) ${name}` : name
  if (document.title !== title) document.title = title
  list.show()
}

function readRows() {
  const { entries, older, atHead } = timeline
  const { lines } = outbox
  const talk = lines.length > 0 || entries.some(({ type }) => type !== 'presence')
  view.empty = timeline.epoch !== undefined && !talk && !older
  view.belowCount = unread.below
  view.belowText = unread.below > 0 ? fill(texts.room.newBelow, { n: unread.below }) : ''
  view.below = !list.following || !atHead
  const all = { entries, older, olderFailed, atHead, lines, me, unreadFrom: unread.from }
  return { rows: view.empty ? [] : rows(all), atHead }
}

/** @param {typeof me} user */
function face({ name, imageid }) {
  return { name, src: `${base}/static/images/${encodeURIComponent(imageid)}.jpg` }
}

function showPeople() {
  const users = presence.list(me.id)
  view.people = users.slice(0, listed).map(card)
  view.stack = users.slice(0, STACK).map(card)
  view.count = String(presence.count || '')
  const more = presence.count - view.people.length
  view.more =
    presence.after !== undefined || users.length > listed
      ? fill(texts.people.more, { n: more })
      : ''
  const bots = presence.bots.length
  const status = texts.room[['status', 'statusBot'][bots] ?? 'statusBots']
  view.status = presence.count > 0 ? fill(status, { people: presence.people, bots }) : ''
  const [bot] = presence.bots
  view.hi = bot ? fill(texts.empty.hi, { name: bot.name }) : ''
  showTyping()
}

/** The same card for the same member: of hundreds, only those that changed are drawn anew. @param {typeof me} user */
function card(user) {
  const kept = cards.get(user)
  if (kept) return kept
  const bot = user.kind === 'bot'
  const made = {
    id: user.id,
    name: user.name,
    src: face(user).src,
    bot,
    you: user.id === me.id,
    note: bot ? texts.people.botReady : texts.people.online,
    hint: fill(texts.people.mention, { name: user.name }),
    cls: bot ? 'person--bot' : '',
    avatarCls: bot ? 'avatar--bot' : '',
  }
  cards.set(user, made)
  return made
}

function showTyping() {
  clearTimeout(timers.typing)
  const users = presence.typing(Date.now())
  const [a, b] = users
  if (!a) {
    view.typing = ''
    return
  }
  const { thinking, typingOne, typingTwo, typingMany } = texts.room
  const sentence =
    users.length > 2 ? typingMany : b ? typingTwo : a.kind === 'bot' ? thinking : typingOne
  view.typing = fill(sentence, { a: a.name, b: b?.name ?? '' })
  timers.typing = setTimeout(showTyping, 1000)
}

/** @param {import('./socket.js').State} state */
function showBar(state) {
  clearTimeout(timers.bar)
  const was = view.bar.text !== ''
  if (state.name === 'open') {
    setBar(was ? texts.bar.restored : '', '', 'good')
    timers.bar = setTimeout(() => setBar(''), RESTORED_MS)
  } else if (state.name === 'stopped') {
    const { text, action } = stopped(state)
    setBar(text, action, 'bad')
  } else {
    const first = was ? 0 : BAR_AFTER_MS
    timers.bar = setTimeout(
      () =>
        state.name === 'waiting' ? countDown(state.until) : setBar(connecting(state), '', 'busy'),
      first,
    )
  }
}

/** @param {number} until */
function countDown(until) {
  const n = Math.max(1, Math.ceil((until - Date.now()) / 1000))
  setBar(
    navigator.onLine ? fill(texts.bar.waiting, { n }) : texts.bar.offline,
    texts.bar.now,
    'busy',
  )
  timers.bar = setTimeout(() => countDown(until), 500)
}

/** @param {{again?: boolean}} state */
function connecting({ again }) {
  return again ? texts.bar.reconnecting : texts.bar.connecting
}

/** @param {{why: string, reason: string}} state */
function stopped({ why, reason }) {
  const { bar } = texts
  const sentences = {
    'no-access': reason ? fill(bar.noAccess, { reason }) : bar.noAccessBare,
    'no-room': reason || bar.noRoom,
    'too-many': bar.tooMany,
    faulty: bar.faulty,
    done: bar.done,
  }
  return { text: sentences[why] ?? bar.done, action: why === 'too-many' ? bar.now : bar.reload }
}

function setBar(text, action = '', tone = '') {
  // The seconds are for the eye; read aloud, a countdown would never end.
  if (tone !== view.bar.tone) view.said = text
  view.bar = { text, action, tone }
}

/** @param {string} text */
function toast(text) {
  clearTimeout(timers.toast)
  const element = byId('toast')
  element.textContent = text
  element.hidden = false
  timers.toast = setTimeout(() => (element.hidden = true), TOAST_MS)
}

/* Seen and unseen */

function seen() {
  if (document.hidden || !list.following || !unread.seen(timeline.seq)) return
  timers.read ??= setTimeout(() => {
    delete timers.read
    connection.tell({ type: 'read', room: boot.room.name, seq: unread.read })
  }, READ_MS)
}

function following(now) {
  if (now) seen()
  show()
}

function watchPage() {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return
    unread.back()
    seen()
    show()
    connection.wake()
  })
  for (const sign of ['pointerover', 'pointerdown', 'keydown'])
    window.addEventListener(sign, () => void fetchMenus().catch(() => undefined), { once: true })
  window.addEventListener('online', () => connection.wake())
  window.addEventListener('pageshow', () => connection.wake())
  for (const element of document.querySelectorAll('dialog')) {
    element.addEventListener('click', ({ target }) => {
      if (target === element) element.close() // the shade around it
    })
  }
  // iOS lays its keyboard over the page instead of making the window smaller.
  const { visualViewport } = window
  visualViewport?.addEventListener('resize', () => fit(visualViewport))
  visualViewport?.addEventListener('scroll', () => fit(visualViewport))
}

/** @param {VisualViewport} viewport */
function fit({ height, offsetTop, scale }) {
  if (scale !== 1) return // zoomed in: the person decides what is in view
  const { style } = document.documentElement
  const covered = window.innerHeight - height > 60
  style.setProperty('--view-height', covered ? `${height}px` : '100dvh')
  style.setProperty('--view-top', covered ? `${offsetTop}px` : '0px')
}

function toSignin() {
  location.assign(`${base}/signin?ended=1&next=${encodeURIComponent(here())}`)
}

/** Where we are, as the server's paths go: without its base. */
function here() {
  return location.pathname.slice(base.length) || '/'
}

function focusInput() {
  if (matchMedia('(hover: hover)').matches) byId('input').focus({ preventScroll: true })
}

/** @param {EventTarget | null} target */
function writing(target) {
  return target instanceof HTMLElement && target.closest('input, textarea') !== null
}

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const element = document.getElementById(id)
  if (!element) throw new Error(`the page has no #${id}`)
  return element
}

/** @param {string} id */
function dialog(id) {
  return /** @type {HTMLDialogElement} */ (byId(id))
}
