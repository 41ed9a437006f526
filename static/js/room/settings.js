import { Alpine } from '../alpine.js'
import { byId } from '../components/dom.js'
import { fill } from '../models/words.js'
import { askHere } from './ask.js'
import { boot, texts, topical } from './boot.js'
import { me } from './me.js'
import { toast } from './toast.js'
import { shows } from './waking.js'

/** Of slow mode, in seconds; what a person may choose of a whole range. */
const PAUSES = [0, 5, 10, 30, 60, 300, 900, 3600, 21_600]
/** A title of more characters might be cut in the field. */
const LONG_TITLE = 20
const narrow = matchMedia('(max-width: 719.98px)')

/**
 * @typedef {{title: string, topic: string, kind: 'room' | 'direct', unlisted: boolean, passcode: boolean, announce: boolean,
 *   archived: boolean, slow_ms: number, approval: boolean, math: boolean}} Settings
 */

/**
 * How the room is kept: what it is called, what holds in it, and the form where moderators change that.
 * @param {{connection: import('../socket.js').Connection, changed: () => void, renamed: (title: string) => void, looks: () => void}} room
 *   `looks`: messages look different from now on: formulas are shown or not, nothing can be changed any more or again.
 */
export function roomSettings({ connection, changed, renamed, looks }) {
  /** @type {Settings} */
  let settings = { ...NONE }
  /** As the dialog had them when it was opened. */
  let opened = formOf(NONE)
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
    save: () => void save(),
  })
  const view = Alpine.store('settings')
  narrow.addEventListener('change', ({ matches }) => (view.narrow = matches))

  return {
    become,
    open,
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
    settings = topical({ ...NONE, ...next })
    if (math !== settings.math || archived !== settings.archived) looks()
    view.topic = settings.topic
    view.locked = settings.passcode
    view.approval = settings.approval
    const called = title || settings.title || (boot.room.peer ? view.title : unnamed)
    const isNew = called !== view.title
    view.title = called
    view.may = me.role !== undefined
    changed()
    if (isNew) renamed(called)
  }

  function open() {
    view.fault = ''
    opened = formOf(settings)
    view.form = { ...opened }
    view.passcodeLabel = settings.passcode ? texts.settings.newPasscode : texts.making.word
    shows(dialog())
  }

  /** Only what was changed here is asked for: what another moderator has changed since the dialog was opened stays. */
  async function save() {
    const { form } = view
    const was = opened
    const set = Object.fromEntries(
      FIELDS.filter((name) => form[name] !== was[name]).map((name) => [name, form[name]]),
    )
    if (form.slow !== was.slow) set.slow_ms = Number(form.slow)
    if (form.locked && form.passcode) set.passcode = form.passcode
    if (!form.locked && was.locked) set.passcode = ''

    view.fault = Object.keys(set).length > 0 ? await refusal({ type: 'room', set }) : ''
    if (view.fault) return
    form.passcode = ''
    opened = { ...form, topic: was.topic } // done, whatever becomes of the topic
    if (form.topic !== was.topic) view.fault = await refusal({ type: 'topic', data: form.topic })
    if (view.fault) return
    dialog().close()
    toast(texts.settings.saved)
  }

  /** @param {{type: string} & Record<string, unknown>} frame @returns {Promise<string>} Why not; '' if it is done. */
  async function refusal(frame) {
    const { fault = '' } = await askHere(connection, frame)
    return fault
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

const dialog = () => /** @type {HTMLDialogElement} */ (byId('settings'))
