import { join } from 'node:path'
import { askServer } from '../../src/control/ask.js'
import { SUBPROTOCOL } from '../../src/protocol.js'
import type { World } from './lobby.js'
import type { TestSocket } from './test-socket.js'

export interface Answered {
  status: number
  body: Record<string, unknown>
  headers: Headers
}

/** A program elsewhere that is a bot here, with a token. */
export class Program {
  readonly token: string
  readonly id: number
  /** Of its bot. */
  readonly user: number
  readonly #world: World

  private constructor(world: World, token: string, id: number, user: number) {
    this.#world = world
    this.token = token
    this.id = id
    this.user = user
  }

  /** Gets a token as the host's command line does. @throws {Error} with the sentences of a refusal. */
  static async named(world: World, name: string, wish: object = {}): Promise<Program> {
    const { token, made } = await command(world, 'bot token', { name, ...wish })
    return new Program(world, String(token), made.id, made.bot.id)
  }

  /** Asks over HTTP. A body that is a string leaves as it is. */
  async asks(
    what: string,
    body?: object | string,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const [method = '', path = ''] = what.split(' ')
    const response = await this.#world.get(path.startsWith('/api') ? path : `/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'accept-language': 'en',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return {
      status: response.status,
      body: JSON.parse(await response.text()),
      headers: response.headers,
    }
  }

  says(data: string, room = 'lobby', headers: Record<string, string> = {}): Promise<Answered> {
    return this.asks(`POST /rooms/${room}/messages`, { data }, headers)
  }

  connects(headers: Record<string, string> = {}): Promise<TestSocket> {
    return this.#world.socket({
      protocols: [SUBPROTOCOL],
      headers: { authorization: `Bearer ${this.token}`, 'accept-language': 'en', ...headers },
    })
  }

  revoked(): Promise<unknown> {
    return command(this.#world, 'bot revoke', { id: this.id })
  }
}

/** What the command line asks of the running server. */
export async function command(
  world: World,
  act: string,
  args: object,
): Promise<{ token?: unknown; made: { id: number; bot: { id: number } } }> {
  const answered = await askServer(join(world.folder, 'data'), { act, args, lang: 'en' })
  if (!answered || 'faults' in answered) throw new Error(answered?.faults.join('\n') ?? 'nobody')
  return JSON.parse(JSON.stringify(answered.result))
}
