import type { PluginLog } from '../../../../plugin.js'
import type { ToolCall } from './calls.js'
import { Connection, type ConnectionOptions } from './connection.js'
import type { ToolServer } from '../../../../tool-server.js'
import type { Tool } from './tool.js'

/** How many tools a model is told of, and how much of each. */
const MOST_TOOLS = 64
const DESCRIPTION = 1_024
const SCHEMA = 16_384

/** Calls at once, and what all their results may have in one answer, in UTF-16 units. */
const AT_ONCE = 8
const RESULT = 8_000
const RESULTS = 32_000

/** A tool as a chat completion has it. */
export interface ModelTool {
  type: 'function'
  function: { name: string; description: string; parameters: object }
}

/** What comes of a call, for the model. */
export interface Result {
  id: string
  text: string
}

/** The tools of one bot. */
export class Toolbox {
  readonly #connections: readonly Connection[]
  readonly #log: PluginLog

  constructor(servers: readonly ToolServer[], options: ConnectionOptions) {
    this.#connections = servers.map((server) => new Connection(server, options))
    this.#log = options.log
  }

  /** What there is for one answer. */
  async open(signal: AbortSignal): Promise<Tools> {
    const found = await Promise.all(
      this.#connections.map(async (connection) => ({
        connection,
        tools: await connection.tools(signal),
      })),
    )
    const tools = found.flatMap(({ connection, tools = [] }) =>
      tools.filter((tool) => this.#fits(tool, connection)).map((tool) => ({ connection, tool })),
    )
    const missed = found.filter(({ tools }) => tools === undefined)
    return new Tools(
      tools.slice(0, MOST_TOOLS),
      missed.map(({ connection }) => connection.server.name),
    )
  }

  async close(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close()))
  }

  #fits({ name: tool, schema }: Tool, { server: { name: server } }: Connection): boolean {
    const fits = JSON.stringify(schema).length <= SCHEMA
    if (!fits) this.#log.warn('tool is left out: its schema is too long', { server, tool })
    return fits
  }
}

interface Found {
  connection: Connection
  tool: Tool
}

/** The tools for one answer, by names that every service takes. */
export class Tools {
  /** Servers that cannot be reached. */
  readonly missed: readonly string[]
  readonly #found: ReadonlyMap<string, Found>
  #left = RESULTS

  constructor(found: readonly Found[], missed: readonly string[]) {
    this.missed = missed
    this.#found = named(found)
  }

  get size(): number {
    return this.#found.size
  }

  forModel(): ModelTool[] {
    return [...this.#found].map(([name, { tool }]) => {
      const { $schema: _draft, ...schema } = tool.schema
      const parameters = { properties: {}, ...schema }
      const description = tool.description.slice(0, DESCRIPTION).toWellFormed()
      return { type: 'function', function: { name, description, parameters } }
    })
  }

  /** What people know a tool by; none that is not there. */
  namesOf(calls: readonly ToolCall[]): string[] {
    const names = calls.flatMap(({ name }) => this.#found.get(name)?.tool.name ?? [])
    return [...new Set(names)]
  }

  /** Has all of them do their work at once. @throws the signal's reason. */
  run(calls: readonly ToolCall[], signal: AbortSignal): Promise<Result[]> {
    return Promise.all(
      calls.map(async (call, n) => ({
        id: call.id,
        text: n < AT_ONCE ? await this.#run(call, signal) : TOO_MANY,
      })),
    )
  }

  async #run({ name, args }: ToolCall, signal: AbortSignal): Promise<string> {
    const found = this.#found.get(name)
    if (!found) return `Error: there is no tool ${JSON.stringify(name.slice(0, 64))}`
    const values = objectIn(args)
    if (!values) return 'Error: the arguments are not a JSON object'
    const { text, failed } = await found.connection.call(found.tool.name, values, signal)
    return this.#modest(failed ? `Error: ${text}` : text)
  }

  /** What tools return is data of strangers: without control characters, and not more than a model should read. */
  #modest(text: string): string {
    const plain = text.replace(/[^\P{Cc}\n\t]/gu, '')
    const room = Math.max(0, Math.min(RESULT, this.#left))
    this.#left -= Math.min(plain.length, room)
    if (plain.length <= room) return plain.toWellFormed()
    return `${plain.slice(0, room).toWellFormed()}\n[cut: ${plain.length - room} characters more]`
  }
}

const TOO_MANY = `Error: at most ${AT_ONCE} tools at once`

/** `server__tool`, of the letters that services take, each once. */
function named(found: readonly Found[]): Map<string, Found> {
  const names = new Map<string, Found>()
  for (const one of found) {
    const { connection, tool } = one
    const whole = `${connection.server.name}__${tool.name}`.replace(/[^\w-]/g, '_')
    let name = whole.slice(-60)
    for (let n = 2; names.has(name); n++) name = `${whole.slice(-57)}_${n}`
    names.set(name, one)
  }
  return names
}

/** Tools without arguments often get an empty text. */
function objectIn(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = json.trim() === '' ? {} : JSON.parse(json)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
