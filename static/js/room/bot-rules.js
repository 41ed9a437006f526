import { askHere } from './ask.js'
import { texts } from './boot.js'
import { toast } from './toast.js'

/**
 * Sets what a bot may do in this room, as soon as a field of it changes.
 * @param {{connection: import('../socket.js').Connection, after: () => unknown}} room `after`: what stands there is to be asked anew.
 */
export function botRules({ connection, after }) {
  return change

  /** @param {Event} event */
  async function change({ target }) {
    const form = target instanceof Element ? target.closest('.bot__rules') : null
    if (!(form instanceof HTMLElement)) return
    const { mode, callers, on, from, until } = valuesOf(form)
    if (on && (!from || !until)) return // half a time of day
    const quiet = on ? { from, until } : null
    const rules = { bot: Number(form.dataset.id), mode, callers, quiet }
    const { fault, code } = await askHere(connection, { type: 'policy', ...rules })
    const why = code === 'bad_request' ? texts.bots.rules.sameTime : fault
    toast(why ?? texts.settings.saved)
    after()
  }
}

/** @param {HTMLElement} form */
function valuesOf(form) {
  /** @param {string} name */
  const value = (name) => {
    const field = form.querySelector(`[name=${name}]`)
    return field instanceof HTMLSelectElement || field instanceof HTMLInputElement
      ? field.value
      : ''
  }
  const on = form.querySelector('[name=quiet]')
  return {
    mode: value('mode'),
    callers: value('callers'),
    on: on instanceof HTMLInputElement && on.checked,
    from: value('from'),
    until: value('until'),
  }
}
