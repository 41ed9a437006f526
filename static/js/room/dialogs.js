import { Alpine } from '../alpine.js'
import { byId, copyText } from '../components/dom.js'
import { boot, texts } from './boot.js'
import { leaveDrawer } from './drawers.js'
import { enterSends } from './enter-key.js'
import { signOut } from './session.js'
import { toast } from './toast.js'
import { shows } from './waking.js'

/** What lies over the page: how to invite, which keys do what, and the question before leaving. */
Alpine.store('dialogs', {
  sendKeys: 'Enter',
  lineKeys: 'Shift + Enter',
  /** Over plain http browsers keep some things back. */
  plain: !window.isSecureContext,
  /** For the eye; what is copied stays encoded. */
  shareShown: decodeURI(boot.share),

  openShare,
  openKeys,
  close,
  copyLink,
  signOut,
})
const view = Alpine.store('dialogs')

/** Closes a dialog by a press on the shade around it. */
export function closeByShade() {
  for (const element of document.querySelectorAll('dialog')) {
    element.addEventListener('click', ({ target }) => {
      if (target === element) element.close()
    })
  }
}

export const dialogIsOpen = () => document.querySelector('dialog[open]') !== null

export function openKeys() {
  view.sendKeys = enterSends() ? 'Enter' : 'Ctrl + Enter'
  view.lineKeys = enterSends() ? 'Shift + Enter' : 'Enter'
  shows(dialog('keys'))
}

/** Asks before the name is given away. */
export function openLeave() {
  shows(dialog('leave'))
}

/** Who wants to know that somebody is about to invite others. @type {(() => void)[]} */
const sharing = []

/** @param {() => void} listener */
export const whenSharing = (listener) => sharing.push(listener)

/** How others get here. */
export function openShare() {
  for (const listener of sharing) listener()
  leaveDrawer()
  shows(dialog('share'))
}

/** @param {Event} event */
function close({ target }) {
  if (target instanceof Element) target.closest('dialog')?.close()
}

async function copyLink() {
  toast((await copyText(boot.share)) ? texts.copied : texts.notCopied)
}

/** @param {string} id */
const dialog = (id) => /** @type {HTMLDialogElement} */ (byId(id))
