import { commandIn } from '../../command-line.js'
import type { BotRules } from '../../chat/face.js'
import type { BotDefinition } from '../definition.js'
import { calls, type Overheard } from './hearing.js'

/** Where no moderator has a say. */
export const unruled: BotRules = {
  modeOf: () => 'active',
  refusal: () => undefined,
}

/** Is it a command of this bot's? @param command Without the slash, in lower case. */
export const hasCommand = ({ menu = [] }: Pick<BotDefinition, 'menu'>, command: string): boolean =>
  menu.some(({ name, aliases }) => [name, ...aliases].includes(command))

/** Does a line with its command alone reach it? By its name it does, and in a room where it hears every line. */
export const heedsCommands = ({ hear, triggers }: Pick<BotDefinition, 'hear' | 'triggers'>) =>
  triggers !== undefined || hear !== 'mention'

/**
 * How a line calls a bot: by its name, by a command of its own, by being said to it alone; an `answer` may be one
 * to a line of its own. Undefined: it does not.
 */
export function callIn(
  self: number,
  definition: Pick<BotDefinition, 'menu'>,
  line: Overheard,
): 'call' | 'answer' | undefined {
  if (line.ofTwo || calls(self, line)) return 'call'
  const command = commandIn(line.event.data)
  const own = line.owner === undefined || line.owner === self
  if (command && own && hasCommand(definition, command.name)) return 'call'
  return line.event.reply_to === undefined ? undefined : 'answer'
}
