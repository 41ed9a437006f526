import type { Command } from '../../bots/hearing/wakes.js'
import type { CommandWords, OneOrMore } from '../../plugin.js'
import { ruleFault } from './module-fault.js'

/** This file runs in the plugins' worker too: it imports nothing of the server but types. */

const NAME = /^[\p{L}\p{N}_-]{1,32}$/u

/** @throws {ModuleFault} when one of them has no name that can be typed behind a slash. */
export const checkCommands = (given: OneOrMore<string | CommandWords>): Command[] =>
  listOf(given).map((words) => checkCommand(typeof words === 'string' ? { name: words } : words))

/** @throws {ModuleFault} */
export function checkCommand({ name, aliases = [], help }: CommandWords): Command {
  const checked = { name: nameOf(name), aliases: listOf(aliases).map(nameOf) }
  return help === undefined ? checked : { ...checked, help }
}

/** One or a list of them, as a list. */
export const listOf = <T>(given: OneOrMore<T>): readonly T[] =>
  isList(given) ? given : given === undefined ? [] : [given]

const isList = <T>(given: OneOrMore<T>): given is readonly T[] => Array.isArray(given)

function nameOf(name: unknown): string {
  const bare =
    typeof name === 'string' ? name.replace(/^\//, '').normalize('NFKC').toLowerCase() : ''
  if (!NAME.test(bare)) throw ruleFault('badCommand', { name: String(name) })
  return bare
}
