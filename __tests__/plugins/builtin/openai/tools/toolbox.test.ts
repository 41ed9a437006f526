import { afterAll, afterEach, expect, test } from '@jest/globals'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PluginLog } from '../../../../../src/plugin.js'
import { Toolbox } from '../../../../../src/plugins/builtin/openai/tools/toolbox.js'
import type { ToolServer } from '../../../../../src/tool-server.js'
import { httpToolServer } from './server.mjs'

/** Tools of real servers that are made with the package most are made with. */

const folder = mkdtempSync(join(tmpdir(), 'chat-room-tools-'))
const closes: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close()
})
afterAll(async () => {
  await program.toolbox.close()
  rmSync(folder, { recursive: true, force: true })
})

const PROGRAM = fileURLToPath(new URL('./server.mjs', import.meta.url))
const never = new AbortController().signal
const STDIO: ToolServer = {
  name: '本机',
  command: process.execPath,
  args: [PROGRAM],
  cwd: folder,
  env: {},
  url: '',
  headers: {},
  tools: ['*'],
  timeout: 10_000,
}

/** A box with one server, and a clock that the test moves on. */
function boxOf(server: Partial<ToolServer>, { patience = 10_000 } = {}) {
  const entries: object[] = []
  const write = (message: string, details = {}) => void entries.push({ message, ...details })
  const log: PluginLog = { debug: write, info: write, warn: write, error: write }
  let now = 0
  const toolbox = new Toolbox([{ ...STDIO, ...server }], { log, patience, now: () => now })
  const run = async (name: string, args = '{}', signal = never) => {
    const tools = await toolbox.open(signal)
    const full = tools.forModel().find(({ function: { name: one } }) => one.endsWith(`__${name}`))
    const call = { id: 'a', name: full?.function.name ?? name, args }
    return (await tools.run([call], signal))[0]?.text
  }
  return { toolbox, run, entries, passes: (ms: number) => (now += ms) }
}

/** The same until the end of the test. */
function box(server: Partial<ToolServer>, options = {}) {
  const made = boxOf(server, options)
  closes.push(() => made.toolbox.close())
  return made
}

/** One at an address of this machine. */
async function webBox(server: Partial<ToolServer> = {}) {
  const web = await httpToolServer()
  closes.push(() => web.close())
  return { web, ...box({ command: '', url: web.url, ...server }) }
}

/** A program costs a second where people share the machine: several tests ask this one. */
const program = boxOf({ env: { GIVEN: 'key-of-host' } })

test('a program is started at the first question, and gets nothing but what its section says', async () => {
  process.env['NOT_GIVEN'] = 'secret'
  const { run, toolbox, entries } = program
  expect(entries).toEqual([])
  expect(await run('env')).toBe(JSON.stringify(['key-of-host', null, folder]))
  expect(await run('add', '{"a":1,"b":2}')).toBe('3')

  const [tool] = (await toolbox.open(never)).forModel()
  expect(tool).toMatchObject({
    type: 'function',
    function: { name: '____add', description: 'Adds' },
  })
  expect(tool?.function.parameters).toMatchObject({ type: 'object', required: ['a', 'b'] })
  expect(tool?.function.parameters).not.toHaveProperty('$schema')
  expect(JSON.stringify(entries)).toContain('starting with ***')
})

test('what a model does wrong, and what a tool does, comes back to the model as words', async () => {
  const { run } = program
  expect(await run('add', '{"a":"x"}')).toMatch(/^Error: .*add.*expected number/s)
  expect(await run('add', '{"a":')).toBe('Error: the arguments are not a JSON object')
  expect(await run('add', '[1]')).toBe('Error: the arguments are not a JSON object')
  expect(await run('nothing')).toBe('Error: there is no tool "nothing"')
  expect(await run('throw')).toMatch(/^Error: /)
  expect(await run('picture')).toBe('[image: image/png]\na text')
})

test('a result is cut, without control characters, and all of one answer together as well', async () => {
  const { toolbox } = program
  const tools = await toolbox.open(never)
  const calls = Array.from({ length: 9 }, (_, n) => ({ id: `${n}`, name: '____long', args: '' }))
  const texts = (await tools.run(calls, never)).map(({ text }) => text)
  expect(texts[0]).toBe(`ab${'x'.repeat(7_998)}\n[cut: 12002 characters more]`)
  expect(texts.slice(4, 8)).toEqual(Array(4).fill('\n[cut: 20002 characters more]'))
  expect(texts[8]).toBe('Error: at most 8 tools at once')
})

test('only tools of the list are there, whatever the model asks for; what lacks is in the log', async () => {
  const { toolbox, run, entries } = await webBox({ tools: ['add', 'gone'] })
  const tools = await toolbox.open(never)
  expect(tools.size).toBe(1)
  expect(await run('____secret')).toBe('Error: there is no tool "____secret"')
  expect(entries).toContainEqual(expect.objectContaining({ missing: ['gone'] }))
})

test('a tool that takes too long is stopped, and so is one that nobody waits for', async () => {
  const { run } = await webBox({ timeout: 50 })
  expect(await run('slow')).toBe('Error: the tool took longer than 1 s and was stopped')

  const patient = await webBox()
  const stop = new AbortController()
  await patient.toolbox.open(never)
  const waits = patient.run('slow', '{}', stop.signal)
  stop.abort(new Error('stopped'))
  await expect(waits).rejects.toThrow('stopped')
})

test('a program that dies is left alone for a while, twice as long each time, and started again', async () => {
  const starts = join(folder, 'starts')
  const { run, toolbox, passes, entries } = box({ env: { STARTS: starts } })
  expect(await run('die')).toBe('Error: the tool cannot be reached now; answer without it')
  passes(999)
  expect((await toolbox.open(never)).missed).toEqual(['本机'])
  passes(1)
  expect(await run('die')).toMatch(/cannot be reached/)
  expect(readFileSync(starts, 'utf8')).toBe('started\n'.repeat(2))
  expect(entries).toMatchObject([
    { message: 'tool server is there' },
    { message: 'tool server is gone', rest_ms: 1_000 },
    { message: 'tool server is there' },
    { message: 'tool server is gone', rest_ms: 2_000 },
  ])
})

test.each([
  ['a program that is not there', { command: './no-such-program' }],
  ['a program that ends at once', { args: ['-e', 'process.exit(1)'] }],
  ['an address where nobody is', { command: '', url: 'http://127.0.0.1:1/mcp' }],
])('%s is away, and said so', async (_what, server) => {
  const { toolbox, entries } = box(server)
  expect(await toolbox.open(never)).toMatchObject({ missed: ['本机'], size: 0 })
  expect(entries).toContainEqual(expect.objectContaining({ message: 'tool server is gone' }))
  expect(JSON.stringify(entries)).not.toContain('127.0.0.1')
})

test('a program that says nothing is waited for a moment; closing ends it', async () => {
  const { toolbox } = box({ args: ['-e', 'process.stdin.resume()'] }, { patience: 20 })
  expect((await toolbox.open(never)).missed).toEqual(['本机'])
  await toolbox.close()
  expect((await toolbox.open(never)).missed).toEqual(['本机'])
})

test('an address gets the headers of its section with each request, and is found again after a restart', async () => {
  const headers = { authorization: 'Bearer key' }
  const { web, run, toolbox, passes } = await webBox({ headers })
  expect(await run('add', '{"a":1,"b":2}')).toBe('3')
  expect(web.requests.every(({ headers }) => headers.authorization === 'Bearer key')).toBe(true)
  expect(web.requests.every(({ method }) => method === 'POST')).toBe(true)

  web.state.refuse = 500
  expect(await run('add', '{"a":1,"b":2}')).toMatch(/cannot be reached/)
  web.state.refuse = 0
  expect((await toolbox.open(never)).missed).toEqual(['本机'])
  passes(1_000)
  expect(await run('add', '{"a":1,"b":2}')).toBe('3')
})

test('an address is not followed to another host, with the key that was for the first', async () => {
  const web = await httpToolServer()
  closes.push(() => web.close())
  const other = web.url.replace('127.0.0.1', 'localhost')
  const { createServer } = await import('node:http')
  const first = createServer((_request, response) => {
    response.writeHead(307, { location: other }).end()
  }).listen(0, '127.0.0.1')
  closes.push(() => void first.close())
  await new Promise((resolve) => first.once('listening', resolve))
  const address = first.address()
  const port = typeof address === 'object' ? address?.port : 0
  const { toolbox } = box({ command: '', url: `http://127.0.0.1:${port}/mcp` })
  expect((await toolbox.open(never)).missed).toEqual(['本机'])
  expect(web.requests).toEqual([])
})
