import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { PluginLog } from '../../../../plugin.js'
import type { ToolServer } from '../../../../tool-server.js'

/** Bytes of one answer of a server. */
const MOST_BYTES = 4 * 1024 * 1024
/** Lines that a program may complain while it starts, and characters of each. */
const COMPLAINTS = 20
const COMPLAINT = 200

export interface Line {
  transport: Transport
  /** From now on what a program writes beside its answers may hold words of the chat: it is in no log. */
  begun: () => void
}

/**
 * The line to a server. Without headers and variables of its own it gets nothing that the server knows: a program has
 * the variables that every program has (`PATH`, `HOME` and a few more), an address no cookies; redirects to
 * another host are not followed.
 */
export async function lineTo(server: ToolServer, log: PluginLog): Promise<Line> {
  if (server.url !== '') {
    const { StreamableHTTPClientTransport: Http } =
      await import('@modelcontextprotocol/sdk/client/streamableHttp.js')
    const requestInit = { headers: { ...server.headers } }
    const transport = new Http(new URL(server.url), { requestInit, fetch: modestFetch })
    return { transport, begun: () => undefined }
  }
  const { StdioClientTransport: Stdio } = await import('@modelcontextprotocol/sdk/client/stdio.js')
  const { command, args, env, cwd } = server
  const transport = new Stdio({
    command,
    args: [...args],
    env: { ...env },
    cwd,
    stderr: 'pipe',
    maxBufferSize: MOST_BYTES,
  })
  return { transport, begun: complaints(transport.stderr, server, log) }
}

/** Answers only: a stream of its own news is not asked for, and an answer without end is cut off. */
async function modestFetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
  if (init.method === 'GET') return new Response(null, { status: 405 })
  const response = await fetch(url, init)
  const { status, statusText, headers, body } = response
  if (!body) return response
  let left = MOST_BYTES
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        left -= bytes.length
        if (left < 0) controller.error(new Error('the answer is too long'))
        else controller.enqueue(bytes)
      },
    }),
  )
  return new Response(counted, { status, statusText, headers })
}

/** Why a program does not start stands in the log, without what it got as secrets. @returns what ends that. */
function complaints(stderr: unknown, { name, env }: ToolServer, log: PluginLog): () => void {
  const lines = createInterface({ input: stderr as Readable })
  const secrets = Object.values(env).filter((value) => value.length > 3)
  let told = 0
  let begun = false
  lines.on('line', (line) => {
    if (begun || told >= COMPLAINTS) return
    told += 1
    const text = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line)
    log.info('tool server says', { server: name, line: text.slice(0, COMPLAINT) })
  })
  return () => void (begun = true)
}
