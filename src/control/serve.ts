import { chmodSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import type { Logger } from '../log.js'
import { answer } from './answer.js'
import { controlFile, hasControl } from './file.js'
import type { Hands } from './hands.js'

const BODY = 65_536

const asked = z.object({
  act: z.string(),
  args: z.looseObject({}),
  lang: z.enum(['zh-CN', 'en']),
})

/** Listens for commands of this machine. Where that cannot be, the room is open all the same. */
export async function openControl(
  data: string,
  hands: Hands,
  log: Logger,
): Promise<{ close(): Promise<void> }> {
  if (!hasControl) return { close: async () => {} }
  const server = createServer((request, response) => {
    serve(request, response, hands).catch((error: unknown) => {
      log.error({ err: error }, 'a command failed')
      response.destroy()
    })
  })
  const file = controlFile(data)
  await listen(server, file).catch((error: unknown) => {
    log.warn({ err: error }, 'commands cannot reach this server')
  })
  return {
    close: () =>
      new Promise((resolve) => {
        rmSync(file, { force: true })
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** For this user alone, from its first moment on. The lock of the data says that an older one is left behind. */
function listen(server: Server, file: string): Promise<void> {
  rmSync(file, { force: true })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    const umask = process.umask(0o177)
    try {
      server.listen(file, () => {
        chmodSync(file, 0o600)
        resolve()
      })
    } finally {
      process.umask(umask)
    }
  })
}

async function serve(request: IncomingMessage, response: ServerResponse, hands: Hands) {
  const length = Number(request.headers['content-length'] ?? BODY + 1)
  const body = length <= BODY ? parse(await text(request)) : undefined
  if (!body) {
    response.writeHead(400).end()
    return
  }
  const answered = await answer(hands, body)
  response
    .writeHead('result' in answered ? 200 : 422, { 'content-type': 'application/json' })
    .end(JSON.stringify(answered))
}

function parse(body: string): z.infer<typeof asked> | undefined {
  try {
    return asked.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}
