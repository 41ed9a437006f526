import { Alpine } from '../alpine.js'
import { byId, copyText } from '../components/dom.js'
import { fill } from '../models/words.js'
import { addressOf, base, boot, texts } from './boot.js'
import { openShare, whenSharing } from './dialogs.js'
import { openMenu } from './menus.js'
import { toast } from './toast.js'
import { openTopic } from './topic.js'
import { shows } from './waking.js'

/** Of slow mode, in seconds; what a person may choose of a whole range. */
const PAUSES = [0, 5, 10, 30, 60, 300, 900, 3600, 21_600]
const DAY_MS = 86_400_000
/** A title of more characters might be cut in the field. */
const LONG_TITLE = 20
const narrow = matchMedia('(max-width: 719.98px)')

/**
 * @typedef {{title: string, topic: string, kind: 'room' | 'direct', unlisted: boolean, passcode: boolean, announce: boolean,
 *   archived: boolean, slow_ms: number, approval: boolean, math: boolean}} Settings
 */

/**
 * The menu of the room, how it is kept, and who is invited.
 * @param {{connection: import('../socket.js').Connection, may: () => boolean, pins: () => void, order: Pick<ReturnType<typeof import('./order.js').order>, 'open' | 'label'>,
 *   changed: () => void, renamed: (title: string) => void, looks: () => void, places: ReturnType<typeof import('./places.js').placesPanel>,
 *   time: (at: number) => string}} room `may`: I moderate here.
 *   `looks`: messages look different from now on: formulas are shown or not, nothing can be changed any more or again.
 */
export function roomSettings({
  connection,
  may,
  pins,
  order,
  changed,
  renamed,
  looks,
  places,
  time,
}) {
  /** @type {Settings} */
  let settings = { ...NONE }
  /** What a room without a title is called. */
  const unnamed = ['lobby', 'sandbox'].includes(boot.room.name) ? boot.room.title : boot.room.name

  Alpine.store('settings', {
    title: boot.room.title,
    topic: '',
    may: false,
    fault: '',
    form: formOf(NONE),
    pauses: PAUSES.map((seconds, index) => ({
      value: String(seconds * 1000),
      label: texts.settings.pauses[index],
    })),
    narrow: narrow.matches,
    /** With the name of the room where that fits whole. */
    get placeholder() {
      const { placeholder, placeholderBots, placeholderTo } = texts.composer
      if (this.narrow && Alpine.store('bots').waits) return placeholderBots
      if (this.narrow || [...this.title].length > LONG_TITLE) return placeholder
      return fill(boot.room.peer ? texts.direct.placeholder : placeholderTo, { room: this.title })
    },
    /** What the room's address asks of newcomers, and how they need not be asked. */
    get asks() {
      const { passcode, approval, below, moderator } = texts.share.asks
      if (!this.locked && !this.approval) return ''
      return fill(this.locked ? passcode : approval, { way: this.may ? below : moderator })
    },
    locked: false,
    approval: false,
    /** Of a room that has one already it may stay empty. */
    passcodeLabel: texts.making.word,
    menu,
    save: () => void save(),
  })
  const view = Alpine.store('settings')
  narrow.addEventListener('change', ({ matches }) => (view.narrow = matches))

  Alpine.store('invites', {
    ms: String(7 * DAY_MS),
    uses: '0',
    url: '',
    /** @type {{id: number, about: string}[]} */
    list: [],
    make: () => void make(),
    /** What the picture shows and is copied: what was made last, else the room's own address. */
    get address() {
      return this.url || boot.share
    },
    /** It stands under the picture: as it is read. */
    get shown() {
      return decodeURI(this.address)
    },
    get label() {
      return this.url ? texts.invites.link : texts.share.link
    },
    /** Who has an invite is asked for nothing. */
    get asks() {
      return this.url ? '' : view.asks
    },
    get code() {
      const token = this.url.slice(this.url.lastIndexOf('/') + 1)
      const of = token ? `invite=${token}` : `room=${encodeURIComponent(boot.room.name)}`
      return `${base}/share.svg?${of}`
    },
    copy: async () => toast((await copyText(invites.address)) ? texts.copied : texts.notCopied),
    /** By hand as well it is copied encoded: many chats end a link at its first Chinese character. @param {ClipboardEvent} event */
    onCopy(event) {
      const { target, clipboardData } = event
      if (!(target instanceof HTMLTextAreaElement)) return
      const { selectionStart: from, selectionEnd: to, value } = target
      if (to - from < value.length) return
      clipboardData?.setData('text/plain', this.address)
      event.preventDefault()
    },
    back,
    /** @param {Event} event */
    revoke: (event) => void revoke(event),
  })
  const invites = Alpine.store('invites')
  /** The invite that is shown. */
  let made = 0
  whenSharing(() => void listInvites())

  return {
    become,
    /** What the room is called now. */
    get title() {
      return view.title
    },
    get now() {
      return settings
    },
  }

  /** @param {Settings | undefined} next @param {string} [title] As the server calls the room. */
  function become(next, title) {
    const { math, archived } = settings
    settings = { ...NONE, ...next }
    if (math !== settings.math || archived !== settings.archived) looks()
    view.topic = settings.topic
    view.locked = settings.passcode
    view.approval = settings.approval
    const called = title || settings.title || (boot.room.peer ? view.title : unnamed)
    const isNew = called !== view.title
    view.title = called
    view.may = may()
    changed()
    if (isNew) renamed(called)
  }

  /** @param {Event} event */
  function menu({ currentTarget }) {
    if (!(currentTarget instanceof HTMLElement)) return
    const level = places.places.named(boot.room.name)?.level ?? 'all'
    const words = texts.attention
    /** @type {import('../components/menu.js').Choice[]} */
    const levels = /** @type {const} */ (['all', 'mentions', 'muted']).map((one) => ({
      label: words[one],
      kind: 'radio',
      group: words.heading,
      checked: level === one,
      run: () => void attend(one),
    }))
    void openMenu({
      anchor: currentTarget,
      label: texts.settings.menu,
      about: { name: view.title, text: settings.topic },
      choices: [
        ...levels,
        ...(settings.topic
          ? [
              {
                label: texts.settings.topic,
                icon: 'room',
                run: () => openTopic(settings.topic),
                separate: true,
              },
            ]
          : []),
        { label: texts.pins.open, icon: 'pin', run: pins, separate: !settings.topic },
        ...(settings.kind === 'room'
          ? [{ label: texts.share.open, icon: 'invite', run: openShare }]
          : []),
        ...(may() && settings.kind === 'room'
          ? [
              { label: texts.settings.open, icon: 'settings', run: open },
              { label: order.label(), icon: 'flag', run: order.open },
            ]
          : []),
        ...(boot.user.role === 'host'
          ? [{ label: texts.settings.tokens, icon: 'bird', run: tokens }]
          : []),
        ...(boot.room.name === 'lobby' || settings.kind === 'direct'
          ? []
          : [
              {
                label: texts.settings.leave,
                icon: 'out',
                danger: true,
                separate: true,
                run: () => void leave(),
              },
            ]),
      ],
    })
  }

  /** @param {import('../models/places.js').Level} level */
  async function attend(level) {
    const answer = await request({ type: 'notify', level })
    if (answer.fault) toast(answer.fault)
    else places.attended(answer)
  }

  function tokens() {
    location.assign(`${base}/bots`)
  }

  async function leave() {
    const refusal = await ask({ type: 'leave', forget: true })
    if (refusal) toast(refusal)
    else location.assign(addressOf('lobby'))
  }

  function open() {
    view.fault = ''
    view.form = formOf(settings)
    view.passcodeLabel = settings.passcode ? texts.settings.newPasscode : texts.making.word
    shows(dialog('settings'))
  }

  /** Only what was changed is asked for. */
  async function save() {
    const { form } = view
    const was = formOf(settings)
    const set = Object.fromEntries(
      FIELDS.filter((name) => form[name] !== was[name]).map((name) => [name, form[name]]),
    )
    if (form.slow !== was.slow) set.slow_ms = Number(form.slow)
    if (form.locked && form.passcode) set.passcode = form.passcode
    if (!form.locked && was.locked) set.passcode = ''

    view.fault =
      (Object.keys(set).length > 0 && (await ask({ type: 'room', set }))) ||
      (form.topic !== was.topic && (await ask({ type: 'topic', data: form.topic }))) ||
      ''
    if (view.fault) return
    dialog('settings').close()
    toast(texts.settings.saved)
  }

  async function make() {
    const ms = Number(invites.ms)
    const uses = Number(invites.uses)
    const frame = { type: 'invite', ...(ms && { ms }), ...(uses && { uses }) }
    const answer = await request(frame)
    if (answer.fault) return toast(answer.fault)
    made = answer.invite.id
    invites.url = answer.invite.url
    await listInvites()
    dialog('share').scrollTop = 0 // there it is, with its picture
  }

  /** To the room's own address. */
  function back() {
    made = 0
    invites.url = ''
  }

  async function listInvites() {
    if (!may()) return
    const { invites: all = [] } = await request({ type: 'invites' })
    invites.list = all.map((/** @type {any} */ one) => ({ id: one.id, about: aboutInvite(one) }))
  }

  /** @param {Event} event */
  async function revoke({ currentTarget }) {
    const invite = Number(currentTarget instanceof HTMLElement ? currentTarget.dataset.id : 0)
    const refusal = await ask({ type: 'revoke', invite })
    if (refusal) toast(refusal)
    else if (invite === made) back()
    await listInvites()
  }

  /** @param {{expires_at?: number, uses?: number, used?: number}} invite */
  function aboutInvite({ expires_at: until, uses, used = 0 }) {
    const { forGood, until: words, used: count, usedOf } = texts.invites
    const end = until ? fill(words, { date: time(until) }) : forGood
    return `${end} · ${uses ? fill(usedOf, { used, uses }) : fill(count, { used })}`
  }

  /** @param {{type: string} & Record<string, unknown>} frame @returns {Promise<any>} The answer, or `fault`. */
  async function request(frame) {
    try {
      return await connection.request({ room: boot.room.name, ...frame })
    } catch (nack) {
      return { fault: /** @type {{data?: string}} */ (nack).data ?? texts.bar.noLine }
    }
  }

  /** @param {{type: string} & Record<string, unknown>} frame @returns {Promise<string>} Why it was refused; '' if it was not. */
  async function ask(frame) {
    return (await request(frame)).fault ?? ''
  }
}

/** @type {Settings} */
const NONE = {
  title: '',
  topic: '',
  kind: 'room',
  unlisted: false,
  passcode: false,
  announce: false,
  archived: false,
  slow_ms: 0,
  approval: false,
  math: false,
}

/** What the form and the frame call alike. */
const FIELDS = /** @type {const} */ ([
  'title',
  'unlisted',
  'announce',
  'archived',
  'approval',
  'math',
])

/** @param {Settings} settings */
const formOf = ({
  title,
  topic,
  unlisted,
  passcode,
  announce,
  archived,
  approval,
  math,
  slow_ms,
}) => ({
  title,
  topic,
  unlisted,
  announce,
  archived,
  approval,
  math,
  locked: passcode,
  passcode: '',
  slow: String(slow_ms),
})

/** @param {string} id */
const dialog = (id) => /** @type {HTMLDialogElement} */ (byId(id))
