import { z } from 'zod'
import { openSocket, type TestSocket } from './test-socket.js'
import type { Visitor } from './visitor.js'

const user = z.strictObject({
  id: z.int(),
  name: z.string(),
  imageid: z.string().regex(/^(\d|1\d|2[0-6]|bot)$/),
})
/** Exactly what the tutorial's page reads: not a key more. */
const line = z.union([
  z.strictObject({ id: z.int(), type: z.literal('list'), user, data: z.array(user) }),
  z.strictObject({ id: z.int(), type: z.enum(['chat', 'join', 'left']), user, data: z.string() }),
])

export type ClassicLine = z.infer<typeof line>

/** The tutorial's page: raw texts in, `{id, type, user, data}` out, the lobby alone. */
export class Classic {
  readonly user: Visitor['user']
  readonly socket: TestSocket

  constructor(socket: TestSocket, user: Visitor['user']) {
    this.socket = socket
    this.user = user
  }

  /** Everything that came, in order. */
  get lines(): ClassicLine[] {
    return this.socket.texts.map((text) => read(text))
  }

  /** Sends a line and waits for its echo, as it comes to everybody. */
  async says(text: string): Promise<ClassicLine> {
    this.socket.send(text)
    return this.next(
      ({ type, user, data }) => type === 'chat' && user.id === this.user.id && data === text.trim(),
    )
  }

  /** The first line that matches and was not handed out before. */
  async next(matches: (line: ClassicLine) => boolean, within?: number): Promise<ClassicLine> {
    return read(await this.socket.next((text) => matches(read(text)), within))
  }

  /** Waits for a line of somebody. */
  hears(name: string, text: string): Promise<ClassicLine> {
    return this.next(
      ({ type, user, data }) => type === 'chat' && user.name === name && data === text,
    )
  }

  async close(): Promise<void> {
    await this.socket.drop()
  }
}

/** Opens the tutorial's page for somebody who is signed in. */
export async function openClassic(url: string, { cookie, user }: Visitor): Promise<Classic> {
  return new Classic(await openSocket(url, { cookie }), user)
}

const read = (text: string): ClassicLine => line.parse(JSON.parse(text))
