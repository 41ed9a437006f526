import { Alpine } from '@alpinejs/csp'
import { byId, copyText } from '../components/dom.js'
import { boot, texts } from './boot.js'
import { leaveDrawer } from './drawers.js'
import { enterSends } from './enter-key.js'
import { toast } from './toast.js'

/** What lies over the page: how to invite, and which keys do what. */
Alpine.store('dialogs', {
  sendKeys: 'Enter',
  lineKeys: 'Shift + Enter',
  /** For the eye; what is copied stays encoded. */
  shareShown: decodeURI(boot.share),

  openShare,
  openKeys,
  close,
  copyLink,
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
  dialog('keys').showModal()
}

function openShare() {
  leaveDrawer()
  dialog('share').showModal()
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
