import { shouldAutoEvaluateFunctions } from 'alpinejs/src/evaluator'
import { closestDataStack } from 'alpinejs/src/scope'
import { getStores } from 'alpinejs/src/store'
import { tryCatch } from 'alpinejs/src/utils/error'

/** `$store.me.name`, `!one.open`, `$store.bots.volumes[one.id]`, and `… = __placeholder`, as x-model writes. */
const EXPRESSION = /^(!?)([$\w]+(?:\.\w+)*)(?:\[([$\w]+(?:\.\w+)*)\])?( = __placeholder)?$/

/** Under this name x-model hands over a value. */
const PUT = '__placeholder'

/** @typedef {readonly Record<string, any>[]} Scopes The innermost first. */
/** @typedef {{not: boolean, path: string[], place: string | undefined, puts: boolean}} Expression */

/** Read once, however many elements it stands at. @type {Map<string, Expression>} */
const known = new Map()

/**
 * What Alpine does with an attribute of a template: reads a path, and calls what is found there if it is a function.
 * More than a path, its negation or a place in a table does not stand in templates: it is made in static/js/room/.
 * @param {Element} element @param {string | Function} expression A function where Alpine itself calls one, as `init`.
 */
export function evaluator(element, expression) {
  const outer = closestDataStack(element)
  return tryCatch.bind(null, element, expression, evaluate)

  /** @param {(value: any) => void} [receive] @param {{scope?: Record<string, any>, params?: unknown[]}} [given] */
  function evaluate(receive = () => {}, { scope = {}, params = [] } = {}) {
    const value =
      typeof expression === 'function'
        ? expression.bind(outer[0])
        : read(expression, [scope, ...outer])
    receive(typeof value === 'function' && shouldAutoEvaluateFunctions ? value(...params) : value)
  }
}

/** @param {string} expression @param {Scopes} scopes */
function read(expression, scopes) {
  const { not, path, place, puts } = known.get(expression) ?? parse(expression)
  const owner = path.slice(0, -1).reduce((found, name) => found[name], around(path, scopes))
  const last = path.at(-1) ?? ''
  if (puts) return void (owner[last] = scopes[0]?.[PUT])
  const value = place ? owner[last][read(place, scopes)] : owner[last]
  return typeof value === 'function' ? value.bind(owner) : not ? !value : value
}

/** Where a path begins. @param {string[]} path @param {Scopes} scopes */
function around([first = ''], scopes) {
  if (first === '$store') return { $store: getStores() }
  const scope = scopes.find((one) => first in one)
  if (!scope) throw new Error(`${first} is not known here`)
  return scope
}

/** @param {string} expression */
function parse(expression) {
  const [whole, not, path = '', place, puts] = EXPRESSION.exec(expression) ?? []
  if (whole === undefined) throw new Error(`"${expression}" is more than a path`)
  const parsed = { not: not === '!', path: path.split('.'), place, puts: puts !== undefined }
  known.set(expression, parsed)
  return parsed
}
