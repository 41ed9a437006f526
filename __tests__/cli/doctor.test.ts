import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { z } from 'zod'
import { openStore } from '../../src/store/open.js'
import { openDatabase } from '../../src/store/sqlite/driver.js'
import { version } from '../../src/version.js'
import { lobby } from '../helpers/lobby.js'
import { besideOf, inConsole } from './console.js'
import { folder, run } from './program.js'
import { later, tidy } from '../helpers/tidy.js'

afterEach(tidy)

const told = z.object({
  faults: z.number(),
  warnings: z.number(),
  findings: z.array(z.object({ grade: z.string(), what: z.string(), say: z.string() })),
})
/** What it finds, by what it is: the grade and the sentence. */
async function doctor(args: readonly string[], cwd = folder()) {
  const { code, stdout } = await inConsole(['doctor', '--json', ...args], { cwd })
  const { faults, findings } = told.parse(JSON.parse(stdout))
  const found = Object.fromEntries(findings.map(({ grade, what, say }) => [what, [grade, say]]))
  return { code, faults, found, all: findings }
}
const says = (grade: string, ...words: string[]) => [
  grade,
  expect.stringMatching(new RegExp(words.join('[^]*'))),
]

test('the program itself says a line for each, and ends with 0, where nothing is wrong', async () => {
  const { code, stdout, stderr } = await run(['doctor', '--port', '0'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const lines = stdout.split('\n')
  expect(lines.at(-1)).toMatch(/^0 faults, \d warnings\.$/)
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/^(ok|warn) +\S/)
})

test('beside a running server it says that it is ours and ready, and beside an older one to restart', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.ada.says('hello')
  await inConsole(besideOf(world, ['backup', join(world.folder, 'copy.db')]))
  const { code, found } = await doctor(besideOf(world, []))
  expect(code).toBe(0)
  expect(found).toMatchObject({
    portOurs: says('ok', `version ${version}, ready`),
    addressHere: says('ok', `${world.url}/`), // the settings say 8088
    disk: says('ok', 'FULL'),
    store: says('ok', 'is whole'),
    index: says('ok', 'every message'),
    backup: says('ok', 'copy.db'),
    clock: says('ok', '20'),
  })
})

test('settings that cannot be read are told a line each, with 1 and no value of a secret', async () => {
  const cwd = folder()
  writeFileSync(join(cwd, 'c.ini'), '[server]\nport = abc\n[session]\nsecret = tiny\n')
  const { code, all } = await doctor(['--config', 'c.ini'], cwd)
  expect([code, all.map(({ grade }) => grade)]).toEqual([1, ['fault', 'fault']])
  expect(JSON.stringify(all)).not.toContain('tiny')
})

test('files that others may read or change are told, each with the command that shuts them', async () => {
  const cwd = folder()
  await (await openStore({ url: '', data: join(cwd, 'data') })).close()
  mkdirSync(join(cwd, 'bots'))
  writeFileSync(join(cwd, 'bots/x.js'), 'export default () => {}')
  writeFileSync(join(cwd, 'c.ini'), `[session]\nsecret = ${'k'.repeat(40)}\n`)
  for (const [file, mode] of Object.entries({ 'c.ini': 0o666, data: 0o755, 'data/chat-room.db': 0o644, 'bots/x.js': 0o666 })) chmodSync(join(cwd, file), mode) // prettier-ignore
  const { code, found, all } = await doctor(['--config', 'c.ini'], cwd)
  expect(code).toBe(1)
  expect(found).toMatchObject({
    settings: says('warn', 'c.ini'),
    configOpen: says('fault', 'chmod go-w .*c.ini'),
    dataOpen: says('warn', 'chmod 700 .*data'),
    dataWide: says('fault', 'chat-room.db', 'chmod 600'),
    botsOpen: says('fault', 'chmod -R go-w .*bots'),
    backupNone: says('warn', 'chat-room backup'),
  })
  expect(JSON.stringify(all)).not.toContain('kkkk')
})

test('a damaged store, one of the future, and messages out of the index are told', async () => {
  const cwd = folder()
  const file = join(cwd, 'data/chat-room.db')
  const store = await openStore({ url: '', data: join(cwd, 'data') })
  const { id } = await store.rooms.ensure({ name: 'x', title: '', at: 1 })
  const user = { id: 1, name: 'ada', imageid: '1', kind: 'person' as const }
  const line = { cid: 'cid-of-a-line', data: 'lost', received: 'lost' }
  await store.append([{ roomId: id, type: 'chat', user, ...line }], Date.now() + 86_400_000)
  await store.close()
  const change = (sql: string) => {
    const db = openDatabase(file)
    db.exec(sql)
    db.close()
  }
  change('update events set doc = null')
  expect((await doctor([], cwd)).found).toMatchObject({
    indexBroken: says('fault', '1 messages are missing'),
    clockBehind: says('fault', 'timedatectl'),
  })
  change(`insert into kysely_migration (name, timestamp) values ('999-later', '')`)
  expect((await doctor([], cwd)).found).toMatchObject({ storeNewer: says('fault', '999-later') })
  const other = folder() // in a file of its own: the log beside this one may still mend what is damaged in it
  mkdirSync(join(other, 'data'))
  writeFileSync(join(other, 'data/chat-room.db'), readFileSync(file).fill(7, 4096, 12_000))
  const { code, found } = await doctor([], other)
  expect([code, found]).toEqual([1, expect.objectContaining({ storeDamaged: says('fault', 'chat-room restore') })]) // prettier-ignore
})

test('a port of another program, a certificate that has ended, and proxies that are everybody are told', async () => {
  const cwd = folder()
  const other = createServer().listen(0, '127.0.0.1')
  later(() => other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  for (const end of ['key', 'pem']) copyFileSync(`__tests__/fixtures/tls/over.${end}`, join(cwd, `over.${end}`)) // prettier-ignore
  chmodSync(join(cwd, 'over.key'), 0o644)
  const server = ['--host', '127.0.0.1', '--port', String(port), '--origins', 'https://a.example,*']
  const tls = ['--tls-cert', 'over.pem', '--tls-key', 'over.key']
  const { code, found } = await doctor([...server, ...tls, '--trust-proxy', '0.0.0.0/0'], cwd)
  expect(code).toBe(1)
  expect(found).toMatchObject({
    portTaken: says('fault', `${port}`, `--port ${port + 1}`),
    tlsOver: says('fault', 'over.example has ended on 2025-02-01'),
    tlsName: says('warn', 'not for a.example'),
    keyOpen: says('fault', 'chmod go-rwx .*over.key'),
    proxyWide: says('fault', '0.0.0.0/0'),
    originStar: says('fault', 'every web site'),
  })
})

test('a name over https without a proxy, and a proxy that one can go around, are worth a word', async () => {
  const missing = await doctor(['--port', '0', '--origins', 'https://chat.example'])
  expect(missing.found).toMatchObject({ proxyMissing: says('warn', 'not Secure', 'trust_proxy') })
  const around = await doctor(['--port', '0', '--trust-proxy', '127.0.0.1'])
  expect(around.found).toMatchObject({ proxyAround: says('warn', 'host = 127.0.0.1') })
})

test('what bots ask elsewhere is asked with --network alone, without a key, no further than it leads, and shows no address in full', async () => {
  const asked: (string | undefined)[] = []
  const model = createServer((request, response) => {
    asked.push(request.headers.authorization)
    response.writeHead(302, { location: '/elsewhere' }).end()
  }).listen(0, '127.0.0.1')
  later(() => model.close())
  await once(model, 'listening')
  const { port } = model.address() as AddressInfo
  const bot = [
    'use=openai',
    'model=m',
    'api_key=CANARY',
    `base_url=http://127.0.0.1:${port}/CANARY`,
  ]
  const args = ['--port', '0', ...bot.flatMap((setting) => ['--set', `bot:brain.${setting}`])]

  expect((await doctor(args)).found).toMatchObject({ endpointUnasked: says('ok', '--network') })
  expect(asked).toEqual([])
  const { found, all } = await doctor([...args, '--network'])
  expect(found).toMatchObject({ endpoint: says('ok', `brain reaches 127.0.0.1:${port}`, '302') })
  expect(asked).toEqual([undefined])
  expect(JSON.stringify(all)).not.toContain('CANARY')
})
