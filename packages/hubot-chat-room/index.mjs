import { Adapter, EnterMessage, LeaveMessage, TextMessage } from 'hubot'
import { Line } from './line.mjs'

/**
 * A Hubot as a bot of a chat-room. It hears people alone, answers under the message that it answers, and goes by the
 * name that its token has.
 */
export class ChatRoom extends Adapter {
  #line
  #connected = false

  async run() {
    const { CHAT_ROOM_URL: url = 'http://127.0.0.1:8088', CHAT_ROOM_TOKEN: token } = process.env
    if (!token) {
      throw new Error('CHAT_ROOM_TOKEN is missing. On the server: chat-room bot token NAME')
    }
    // Gone with pino, and still called by old scripts, some of them where nothing catches it.
    this.robot.logger.warning ??= this.robot.logger.warn.bind(this.robot.logger)
    const rooms = (process.env.CHAT_ROOM_ROOMS ?? '').split(/[\s,]+/).filter(Boolean)
    this.#line = new Line({
      url,
      token,
      rooms,
      greeted: ({ user }) => (this.robot.name = user.name),
      heard: (event, room) => this.#hear(event, room),
      moved: (how, users, room) => this.#moved(how, users, room),
      joined: (room) => this.#joined(room),
      failed: (error) => this.#failed(error),
    })
    this.#line.start()
  }

  async send(envelope, ...strings) {
    const room = envelope.room ?? envelope.user?.room
    for (const data of strings) await this.#line.ask({ type: 'chat', room, data: String(data) })
  }

  async reply(envelope, ...strings) {
    const room = envelope.room ?? envelope.user?.room
    const answered = Number(envelope.message?.id)
    const under = Number.isInteger(answered) && { reply_to: answered }
    for (const data of strings)
      await this.#line.ask({ type: 'chat', room, data: String(data), ...under })
  }

  async emote(envelope, ...strings) {
    await this.send(envelope, ...strings.map((text) => `*${text}*`))
  }

  /** Wants a token with the scope `moderate`. */
  async topic(envelope, ...strings) {
    const room = envelope.room ?? envelope.user?.room
    await this.#line.ask({ type: 'topic', room, data: strings.join(' ') })
  }

  close() {
    this.#line?.close()
    super.close()
  }

  #hear({ seq, user, data }, room) {
    // Two bots that answer each other would never end.
    if (user.kind !== 'person') return
    const message = new TextMessage(this.#userOf(user, room), this.#asHubotReads(data, room), seq)
    this.#receive(message)
  }

  #moved(how, users, room) {
    const Message = how === 'join' ? EnterMessage : LeaveMessage
    for (const user of users) {
      if (user.kind === 'person') this.#receive(new Message(this.#userOf(user, room)))
    }
  }

  /** A listener that throws is its script's fault, and no end of the bot. */
  #receive(message) {
    this.receive(message).catch((error) => this.robot.logger.error(error))
  }

  #userOf({ id, name }, room) {
    return this.robot.brain.userForId(String(id), { name, room: room.name })
  }

  /** `小鸟：名字` is `小鸟: 名字` to it; in a room of two every line is for it. */
  #asHubotReads(text, { kind }) {
    const { name } = this.robot
    const bare = text.replace(/^\s*@/, '')
    if (!bare.toLowerCase().startsWith(name.toLowerCase()))
      return kind === 'direct' ? `${name} ${text}` : text
    const rest = bare.slice(name.length).replace(/^\s*[：，、]\s*/, ': ')
    return name + rest
  }

  #joined({ name }) {
    this.robot.logger.info(`in the room ${name}`)
    if (this.#connected) return
    this.#connected = true
    this.emit('connected')
  }

  #failed(error) {
    this.robot.logger.error(`chat-room lets this bot in no more: ${error.message}`)
    this.robot.shutdown()
    process.exitCode = 1
  }
}

export default { use: (robot) => new ChatRoom(robot) }
