import Alpine from 'alpinejs/src/alpine'
import 'alpinejs/src/directives/x-bind'
import 'alpinejs/src/directives/x-cloak'
import 'alpinejs/src/directives/x-data'
import 'alpinejs/src/directives/x-for'
import 'alpinejs/src/directives/x-ignore'
import 'alpinejs/src/directives/x-model'
import 'alpinejs/src/directives/x-on'
import 'alpinejs/src/directives/x-ref'
import 'alpinejs/src/directives/x-show'
import 'alpinejs/src/directives/x-text'
import 'alpinejs/src/magics/$refs'
import { effect, reactive, stop, toRaw } from '@vue/reactivity'
import { evaluator } from './expressions.js'

/**
 * Alpine with the directives that templates/ use, and with our own reading of what stands in them: Alpine's own wants
 * `unsafe-eval`, and that of its CSP build was a quarter of what opening the room cost a slow phone.
 */
Alpine.setEvaluator(evaluator)
showAtOnce()
Alpine.setReactivityEngine({ reactive, effect: scheduled, release: stop, raw: toRaw })

/** Alpine's scheduler wants the effect that it is to run; that of Vue is called without. */
function scheduled(run, { scheduler } = {}) {
  const effected = effect(run, {
    scheduler: () => (scheduler ? scheduler(effected) : effected()),
  })
  return effected
}

/**
 * x-show waits for a frame, as transitions want, of which there are none here; x-text does not: until then a button that
 * goes would stand there without a word.
 */
function showAtOnce() {
  Object.assign(Element.prototype, {
    /** @type {(element: Element, value: boolean, show: () => void, hide: () => void) => void} */
    _x_toggleAndCascadeWithTransitions: (_element, value, show, hide) => (value ? show() : hide()),
  })
}

export { Alpine }
