import { readFile } from 'node:fs/promises'
import { definePlugin, type BotTool, type Hear, type PluginHost } from '../../../plugin.js'
import type { ToolServer } from '../../../tool-server.js'
import { assistant } from './assistant.js'
import { Budget } from './budget.js'
import { Toolbox } from './tools/toolbox.js'
import { consoleFaults } from './words.js'

const hears: readonly Hear[] = ['auto', 'mention', 'command', 'all']

/** What the bot needs besides its own limits, to say how it ended, in milliseconds. */
const LAST_WORDS = 10_000

/**
 * A bot that answers by a model: any service that speaks OpenAI's chat completions, here or elsewhere.
 * @param servers Those that its section may name.
 */
export const openai = (servers: readonly ToolServer[]) =>
  definePlugin({
    name: 'openai',
    api: 1,
    config: {
      base_url: {
        type: 'url',
        required: true,
        help: 'Address of the service, such as http://127.0.0.1:11434/v1',
      },
      model: {
        type: 'string',
        required: true,
        min: 1,
        help: 'Name of the model, as the service has it',
      },
      api_key: { type: 'secret', default: '', help: 'Key of the service, if it wants one' },
      prompt: { type: 'text', default: '', help: 'Who the bot is; empty: a kind bot of few words' },
      prompt_file: {
        type: 'string',
        default: '',
        path: true,
        help: 'File with the same, for more words',
      },
      temperature: { type: 'string', default: '', help: '0 to 2; empty: as the service has it' },
      max_tokens: {
        type: 'int',
        default: 1_000,
        min: 0,
        help: 'Tokens of one answer; 0: as the service has it',
      },
      first_byte: {
        type: 'duration',
        default: 30_000,
        min: 1,
        help: 'How long the service may take to begin',
      },
      idle: { type: 'duration', default: 15_000, min: 1, help: 'How long it may fall silent' },
      total: {
        type: 'duration',
        default: 120_000,
        min: 1,
        help: 'How long one answer may take in all',
      },
      context_messages: {
        type: 'int',
        default: 20,
        min: 1,
        max: 100,
        help: 'Lines of the room it reads',
      },
      context_characters: {
        type: 'int',
        default: 6_000,
        min: 100,
        max: 1_000_000,
        help: 'Characters of these lines',
      },
      rate_room: {
        type: 'string',
        default: '10/min',
        help: 'Answers in one room; 0/min: no limit',
      },
      rate_person: {
        type: 'string',
        default: '3/min',
        help: 'Answers to one person; 0/min: no limit',
      },
      tokens_day: { type: 'int', default: 0, min: 0, help: 'Tokens in a day; 0: no limit' },
      tokens_day_room: { type: 'int', default: 0, min: 0, help: 'The same for each room' },
      tokens_day_person: { type: 'int', default: 0, min: 0, help: 'The same for each person' },
      mcp: { type: 'list', default: [], help: 'Servers of tools it may use: [mcp:NAME] sections' },
      alias: { type: 'list', default: [], help: 'Other names it answers to' },
      hear: {
        type: 'enum',
        values: hears,
        default: 'auto',
        help: 'What it hears: auto (all while one person is there), mention, command or all',
      },
    },
    async setup(host, config) {
      const { alias, total } = config
      const tokens = {
        tokensADay: config.tokens_day,
        tokensADayRoom: config.tokens_day_room,
        tokensADayPerson: config.tokens_day_person,
      }
      const hear = hears.find((one) => one === config.hear) ?? 'auto'
      const perRoom = perMinute('rate_room', config.rate_room)
      const perPerson = perMinute('rate_person', config.rate_person)
      const temperature = degrees(config.temperature)

      const used = config.mcp.map((name) => serverOf(name, servers))
      const toolbox = toolboxOf(used, host)

      const budget = new Budget({ perRoom, perPerson, ...tokens })
      const middleware = assistant({
        service: { url: web(config.base_url), key: keyOf(config.api_key) },
        model: config.model,
        persona: [config.prompt, await promptIn(config.prompt_file)].filter(Boolean).join('\n'),
        maxTokens: config.max_tokens,
        firstByte: config.first_byte,
        idle: config.idle,
        total,
        messages: config.context_messages,
        characters: config.context_characters,
        aliases: alias,
        commands: hear === 'command',
        counted: Math.max(...Object.values(tokens)) > 0,
        budget,
        ...(toolbox && { toolbox }),
        ...(temperature !== undefined && { temperature }),
      })
      host.bot(middleware, {
        hear,
        aliases: alias,
        timeout: total + LAST_WORDS,
        leaves: [config.base_url, ...used.map(({ url }) => url || '?')],
        tools: used.map(toolOf),
        streams: true,
        rest: (asker) => budget.rest(asker),
      })
    },
  })

export default openai([])

/** [config.ini] has been looked at; `--set` may still name one that is not there. */
function serverOf(name: string, servers: readonly ToolServer[]): ToolServer {
  const server = servers.find((one) => one.name === name)
  if (server) return server
  throw new Error(consoleFaults().noTools(name))
}

/** Without a server nothing of it is loaded. */
function toolboxOf(servers: readonly ToolServer[], host: PluginHost): Toolbox | undefined {
  if (servers.length === 0) return undefined
  const toolbox = new Toolbox(servers, { log: host.log })
  host.cleanup(() => toolbox.close())
  return toolbox
}

const toolOf = ({ name, url }: ToolServer): BotTool => (url === '' ? { name } : { name, url })

function web(address: string): string {
  const url = new URL(address)
  if (!/^https?:$/.test(url.protocol)) throw new Error(consoleFaults().address(url.protocol))
  if (url.username + url.password !== '') throw new Error(consoleFaults().credentials)
  return address
}

function keyOf(key: string): string {
  if (/^[\x21-\x7e]*$/.test(key)) return key
  throw new Error(consoleFaults().key)
}

function perMinute(key: string, value: string): number {
  const [, count] = /^(\d{1,6})(?:\/min)?$/.exec(value) ?? []
  if (count === undefined) throw new Error(consoleFaults().rate(key, value))
  return Number(count)
}

function degrees(value: string): number | undefined {
  if (value === '') return undefined
  const degrees = Number(value)
  if (degrees >= 0 && degrees <= 2) return degrees
  throw new Error(consoleFaults().temperature(value))
}

async function promptIn(path: string): Promise<string> {
  if (path === '') return ''
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    throw new Error(consoleFaults().noFile(path), { cause: error })
  }
}
