import { Alpine } from '../alpine.js'
import { byId, copyText } from '../components/dom.js'
import { fill } from '../models/words.js'
import { askHere } from './ask.js'
import { base, boot, texts } from './boot.js'
import { whenSharing } from './dialogs.js'
import { me } from './me.js'
import { toast } from './toast.js'

const DAY_MS = 86_400_000

/**
 * Links that let in whom the room's address would ask for something; moderators make them, and take them back.
 * @param {{connection: import('../socket.js').Connection, time: (at: number) => string}} room
 */
export function invites({ connection, time }) {
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
      return this.url ? '' : Alpine.store('settings').asks
    },
    get code() {
      const token = this.url.slice(this.url.lastIndexOf('/') + 1)
      const of = token ? `invite=${token}` : `room=${encodeURIComponent(boot.room.name)}`
      return `${base}/share.svg?${of}`
    },
    copy: async () => toast((await copyText(view.address)) ? texts.copied : texts.notCopied),
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
  const view = Alpine.store('invites')
  /** The invite that is shown. */
  let made = 0
  whenSharing(() => void listInvites())

  async function make() {
    const ms = Number(view.ms)
    const uses = Number(view.uses)
    const answer = await askHere(connection, {
      type: 'invite',
      ...(ms && { ms }),
      ...(uses && { uses }),
    })
    if (answer.fault) return toast(answer.fault)
    made = answer.invite.id
    view.url = answer.invite.url
    await listInvites()
    byId('share').scrollTop = 0 // there it is, with its picture
  }

  /** To the room's own address. */
  function back() {
    made = 0
    view.url = ''
  }

  async function listInvites() {
    if (me.role === undefined) return
    const { invites: all = [] } = await askHere(connection, { type: 'invites' })
    view.list = all.map((/** @type {any} */ one) => ({ id: one.id, about: aboutInvite(one) }))
  }

  /** @param {Event} event */
  async function revoke({ currentTarget }) {
    const invite = Number(currentTarget instanceof HTMLElement ? currentTarget.dataset.id : 0)
    const { fault } = await askHere(connection, { type: 'revoke', invite })
    if (fault) toast(fault)
    else if (invite === made) back()
    await listInvites()
  }

  /** @param {{expires_at?: number, uses?: number, used?: number}} invite */
  function aboutInvite({ expires_at: until, uses, used = 0 }) {
    const { forGood, until: words, used: count, usedOf } = texts.invites
    const end = until ? fill(words, { date: time(until) }) : forGood
    return `${end} · ${uses ? fill(usedOf, { used, uses }) : fill(count, { used })}`
  }
}
