import type { Lang } from '../../i18n/index.js'
import type { CommandInfo } from '../../protocol.js'
import { ack } from '../answers.js'
import { modesIn } from '../bots/modes.js'
import type { CommandWords } from '../face.js'
import { initialsOf } from '../initials.js'
import type { RoomHandler } from '../pipeline.js'
import { may } from '../rights.js'
import { typed, typedAs } from '../typed.js'

/** What somebody can call by `/` in this room. */
export const commandList: RoomHandler<'commands'> = (
  { frame, room, connection },
  { commands, order, policies },
) => {
  const asking = order.asking(connection, room)
  const theirs = typed.filter(({ asks }) => may(asks, asking) === undefined)
  const others = commands
    .list(room.name, modesIn(room, policies))
    .filter(({ name }) => !typedAs(name))
  const list = [...others, ...theirs].map((words) => infoOf(words, connection.lang))
  connection.send(ack(frame.cid, { room: room.name, commands: list }))
}

const infoOf = ({ name, aliases, help = '', bot }: CommandWords, lang: Lang): CommandInfo => ({
  name,
  aliases: [...aliases],
  initials: [name, ...aliases].flatMap((each) => initialsOf(each) ?? []),
  help: typeof help === 'string' ? help : help[lang],
  ...(bot !== undefined && { bot }),
})
