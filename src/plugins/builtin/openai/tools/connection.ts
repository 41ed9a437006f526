import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { PluginLog } from '../../../../plugin.js'
import { textOf } from './result.js'
import type { ToolServer } from '../../../../tool-server.js'
import type { Tool } from './tool.js'
import { lineTo } from './transport.js'

/** How long a server may take to start (the first time a package may have to be fetched), in milliseconds. */
const START_MS = 60_000
/** How long a question waits for it; what comes later is there for the next one. */
const PATIENCE_MS = 10_000
/** How long its list of tools is believed. */
const LIST_MS = 300_000
/** Pages of that list. */
const PAGES = 10
/** After a failure it is left alone for so long, then twice as long, up to a minute. */
const FIRST_REST_MS = 1_000
const LONGEST_REST_MS = 60_000

export interface ConnectionOptions {
  log: PluginLog
  version?: string
  /** How long a question waits for a server that starts, in milliseconds. */
  patience?: number
  /** Milliseconds that never go back. */
  now?: () => number
}

/** What a call came to, for the model. */
export interface Called {
  text: string
  failed: boolean
}

/** One server of tools: started when it is first needed, and again after it died. */
export class Connection {
  readonly server: ToolServer
  readonly #options: ConnectionOptions
  readonly #now: () => number
  #client: Client | undefined
  #transport: Transport | undefined
  #tools: readonly Tool[] = []
  #listedAt = 0
  #starting: Promise<void> | undefined
  /** Since its last answer. */
  #failures = 0
  #restsUntil = -Infinity
  #closed = false

  constructor(server: ToolServer, options: ConnectionOptions) {
    this.server = server
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
  }

  /** Its tools, as far as they may be used; undefined: it cannot be reached now. */
  async tools(signal: AbortSignal): Promise<readonly Tool[] | undefined> {
    if (this.#closed) return undefined
    const fresh = this.#client && this.#now() - this.#listedAt < LIST_MS
    if (!fresh && !(await this.#isStarted(signal))) return undefined
    return this.#tools
  }

  /** Has a tool do its work. Never rejects but by the signal. */
  async call(name: string, args: Record<string, unknown>, signal: AbortSignal): Promise<Called> {
    const client = this.#client
    if (!client) return AWAY
    const { timeout } = this.server
    try {
      const { CallToolResultSchema } = await import('@modelcontextprotocol/sdk/types.js')
      const params = { name, arguments: args }
      // The package leaves its listener on the signal of each call.
      const own = AbortSignal.any([signal])
      const how = { timeout, maxTotalTimeout: timeout, signal: own }
      const result = await client.request(
        { method: 'tools/call', params },
        CallToolResultSchema,
        how,
      )
      this.#failures = 0
      return { text: textOf(result), failed: result.isError === true }
    } catch (error) {
      signal.throwIfAborted()
      return this.#failed(error, client)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    // One that starts gives up when its line is closed.
    while (this.#starting) {
      await closed(this.#transport)
      await this.#starting
    }
    await closed(this.#client)
    this.#client = undefined
  }

  /** Waits for it no longer than a question may. */
  async #isStarted(signal: AbortSignal): Promise<boolean> {
    if (this.#now() < this.#restsUntil) return false
    this.#starting ??= this.#start().finally(() => (this.#starting = undefined))
    await soon(this.#starting, this.#options.patience ?? PATIENCE_MS, signal)
    return this.#client !== undefined
  }

  /** Never rejects: what is wrong is in the log. */
  async #start(): Promise<void> {
    try {
      this.#client ??= await this.#connect()
      this.#tools = await this.#list(this.#client)
      this.#listedAt = this.#now()
    } catch (error) {
      const client = this.#client
      this.#gone(client, reasonOf(error))
      await closed(client)
    }
  }

  async #connect(): Promise<Client> {
    const { log, version = '1' } = this.#options
    const { Client } = await import('@modelcontextprotocol/sdk/client/index.js')
    const { transport, begun } = await lineTo(this.server, log)
    if (this.#closed) throw new Error('closed')
    this.#transport = transport
    // It can ask for nothing: no roots, no sampling, no forms.
    const client = new Client({ name: 'chat-room', version })
    try {
      await client.connect(transport, { timeout: START_MS })
    } catch (error) {
      await closed(transport)
      throw error
    }
    begun()
    Object.assign(client, { onclose: () => this.#gone(client, 'closed') })
    const { ToolListChangedNotificationSchema: Changed } =
      await import('@modelcontextprotocol/sdk/types.js')
    client.setNotificationHandler(Changed, () => void (this.#listedAt = -Infinity))
    log.info('tool server is there', { server: this.server.name })
    return client
  }

  async #list(client: Client): Promise<Tool[]> {
    const { ListToolsResultSchema } = await import('@modelcontextprotocol/sdk/types.js')
    const offered: Tool[] = []
    let cursor: string | undefined
    for (let page = 0; page < PAGES; page++) {
      const params = cursor === undefined ? {} : { cursor }
      const how = { timeout: PATIENCE_MS }
      const request = { method: 'tools/list' as const, params }
      const { tools, nextCursor } = await client.request(request, ListToolsResultSchema, how)
      for (const { name, description = '', inputSchema } of tools)
        offered.push({ name, description, schema: inputSchema })
      cursor = nextCursor
      if (cursor === undefined) break
    }
    return this.#allowed(offered)
  }

  #allowed(offered: readonly Tool[]): Tool[] {
    const { name: server, tools } = this.server
    const missing = tools.filter((one) => one !== '*' && !offered.some(({ name }) => name === one))
    if (missing.length > 0) {
      const there = offered.map(({ name }) => name).slice(0, 50)
      this.#options.log.warn('tool server lacks a tool', { server, missing, offered: there })
    }
    return offered.filter(({ name }) => tools.includes('*') || tools.includes(name))
  }

  async #failed(error: unknown, client: Client): Promise<Called> {
    const { ErrorCode, McpError } = await import('@modelcontextprotocol/sdk/types.js')
    const code = error instanceof McpError ? error.code : undefined
    if (code === ErrorCode.RequestTimeout) {
      const seconds = Math.ceil(this.server.timeout / 1_000)
      return { text: `the tool took longer than ${seconds} s and was stopped`, failed: true }
    }
    if (error instanceof McpError && code !== ErrorCode.ConnectionClosed)
      return { text: error.message, failed: true }
    this.#gone(client, reasonOf(error))
    await closed(client)
    return AWAY
  }

  /** Once for each client. */
  #gone(client: Client | undefined, reason: string): void {
    if (this.#closed || client !== this.#client) return
    this.#client = undefined
    this.#failures += 1
    const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (this.#failures - 1))
    this.#restsUntil = this.#now() + rest
    const { name: server } = this.server
    this.#options.log.warn('tool server is gone', { server, reason, rest_ms: rest })
  }
}

const AWAY: Called = { text: 'the tool cannot be reached now; answer without it', failed: true }

/** What is wrong in a word or two: a message may hold an address, a key or what somebody said. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return `${error.name} ${codeOf(error.cause) || codeOf(error)}`.trim()
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return typeof code === 'string' || typeof code === 'number' ? `${code}` : ''
}

/** Whatever it says to that: it is gone. */
async function closed(closable: Pick<Client, 'close'> | undefined): Promise<void> {
  try {
    await closable?.close()
  } catch {
    // there is nothing more to close
  }
}

/** Waits for something no longer than this, and not after the signal. */
async function soon(done: Promise<void>, ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = withResolvers()
  const timer = setTimeout(resolve, ms)
  signal.addEventListener('abort', resolve, { once: true })
  if (signal.aborted) resolve()
  await Promise.race([done, promise])
  clearTimeout(timer)
  signal.removeEventListener('abort', resolve)
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}
