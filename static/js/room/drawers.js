import { Alpine } from '../alpine.js'
import { byId } from '../components/dom.js'
import { layer } from '../components/layers.js'

/** @type {Element | null} */
let opener = null
let gone = () => {}

/** The panels beside the messages, where there is no room for them: one at a time. */
Alpine.store('drawers', {
  name: '',

  get open() {
    return this.name !== ''
  },
  get side() {
    return this.name === 'side'
  },
  get people() {
    return this.name === 'people'
  },
  get shellClass() {
    return { 'has-drawer': this.open }
  },
  get sideClass() {
    return { 'is-open': this.side }
  },
  get peopleClass() {
    return { 'is-open': this.people }
  },

  openSide: () => open('side'),
  openPeople: () => open('people'),
  close: closeDrawer,
})
const view = Alpine.store('drawers')

/** Up to these widths they are drawers (css/shell.css); a phone that is turned may have room for one that is open. */
for (const [name, width] of [
  ['side', 719.98],
  ['people', 1099.98],
]) {
  matchMedia(`(max-width: ${width}px)`).addEventListener('change', ({ matches }) => {
    if (!matches && view.name === name) leaveDrawer()
  })
}

/** Closes what is open, and goes back to what opened it. @returns {boolean} Something was open. */
export function closeDrawer() {
  if (!view.open) return false
  leaveDrawer()
  void Alpine.nextTick(() => opener instanceof HTMLElement && opener.focus())
  return true
}

/** Closes what is open, for something else that takes the focus. */
export function leaveDrawer() {
  view.name = ''
  gone()
}

/** @param {string} name */
function open(name) {
  opener = document.activeElement
  view.name = name
  gone = layer(closeDrawer)
  void Alpine.nextTick(() => {
    const first = byId(name).querySelector('.drawer-only')
    if (first instanceof HTMLElement) first.focus()
  })
}
