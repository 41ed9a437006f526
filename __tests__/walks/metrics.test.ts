import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, jest, test } from '@jest/globals'
import { lobby, type World } from '../helpers/lobby.js'

/** A metric as it is told: its type, its sentence, and its figures by what stands in the braces. */
interface Told {
  type: string
  help: string
  figures: Map<string, number>
}

async function metrics(world: World): Promise<Map<string, Told>> {
  const text = await (await world.get('/metrics')).text()
  const told = new Map<string, Told>()
  for (const line of text.split('\n')) {
    const [, name = '', help = ''] = /^# HELP (\S+) (.+)$/.exec(line) ?? []
    if (name) told.set(name, { type: '', help, figures: new Map() })
    const [, typed = '', type = ''] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? []
    const known = told.get(typed)
    if (known) known.type = type
    const [, full = '', labels = '', figure] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    const part = /_(count|sum|bucket)$/.exec(full)?.[0] ?? ''
    const owner = told.get(full) ?? told.get(full.slice(0, -part.length))
    owner?.figures.set(told.has(full) ? labels : part.slice(1) + labels, Number(figure))
  }
  return told
}

/** The same, once something was counted of these: who is gone is noticed, and a bot answers, in a moment. */
async function metricsWith(world: World, counted: readonly string[]) {
  for (;;) {
    const told = await metrics(world)
    const missing = counted.filter((name) => !told.get(`chat_room_${name}`)?.figures.size)
    if (missing.length === 0) return told
  }
}

/** Ours; what prom-client tells of every Node process is named after it. */
const ours = (told: ReadonlyMap<string, Told>) =>
  [...told].filter(([name]) => !/^chat_room_(process|nodejs)_/.test(name))

/** Every metric of ours. Who takes one away, or renames it, breaks somebody's alert. */
const names = {
  chat_room_build_info: 'gauge',
  chat_room_ready: 'gauge',
  chat_room_connections: 'gauge',
  chat_room_connections_opened_total: 'counter',
  chat_room_connections_closed_total: 'counter',
  chat_room_connections_slow: 'gauge',
  chat_room_outbox_bytes: 'gauge',
  chat_room_rooms: 'gauge',
  chat_room_open_rooms: 'gauge',
  chat_room_events_total: 'counter',
  chat_room_deliveries_total: 'counter',
  chat_room_commit_duration_seconds: 'histogram',
  chat_room_commit_events: 'histogram',
  chat_room_commit_failures_total: 'counter',
  chat_room_fan_out_duration_seconds: 'histogram',
  chat_room_journal_waiting_events: 'gauge',
  chat_room_refusals_total: 'counter',
  chat_room_bots: 'gauge',
  chat_room_bot_turns_total: 'counter',
  chat_room_bot_failures_total: 'counter',
  chat_room_bot_circuits_opened_total: 'counter',
  chat_room_plugin_worker_ends_total: 'counter',
  chat_room_store_waiting_requests: 'gauge',
  chat_room_store_size_bytes: 'gauge',
  chat_room_disk_free_bytes: 'gauge',
}

const cross = `export default async () => { throw Object.assign(new Error('no'), { kind: 'cross' }) }`

test('what happens is counted, under these names, and nobody’s name is a label', async () => {
  const world = await lobby({
    people: ['ada', 'grace'],
    plugins: { 'bot:grumpy': { use: './cross.mjs', hear: 'all' } },
    files: { 'cross.mjs': cross },
  })
  const { ada, grace } = world
  await ada.says('hello')
  await grace.next((frame) => frame.type === 'chat')
  await expect(ada.says('x'.repeat(4001))).rejects.toThrow('too_long')
  await expect(world.socket({ path: '/nowhere' })).rejects.toThrow('404')
  await world.get('/nowhere')
  await grace.socket.drop()

  const told = await metricsWith(world, ['connections_closed_total', 'bot_turns_total'])
  expect(Object.fromEntries(ours(told).map(([name, { type }]) => [name, type]))).toEqual(names)
  for (const [name, { help }] of told) expect([name, help]).toEqual([name, expect.any(String)])
  const figure = (name: string, labels = '') => told.get(`chat_room_${name}`)?.figures.get(labels)
  expect({
    connections: figure('connections', 'mode="v1"'),
    opened: figure('connections_opened_total', 'mode="v1"'),
    closed: figure('connections_closed_total', 'code="1006"'),
    events: figure('events_total', 'type="chat"'),
    deliveries: figure('deliveries_total'),
    commits: figure('commit_duration_seconds', 'count'),
    shared: figure('commit_events', 'sum'),
    tooLong: figure('refusals_total', 'at="frame",code="too_long"'),
    upgrade: figure('refusals_total', 'at="upgrade",code="404"'),
    page: figure('refusals_total', 'at="page",code="404"'),
    ready: figure('ready'),
    failed: figure('bot_failures_total', 'kind="cross"'),
    turns: figure('bot_turns_total', 'outcome="failed"'),
    rooms: figure('rooms'),
  }).toEqual({
    connections: 1,
    opened: 2,
    closed: 1,
    events: 1,
    deliveries: 2,
    commits: 1,
    shared: 1,
    tooLong: 1,
    upgrade: 1,
    page: 1,
    ready: 1,
    failed: 1,
    turns: 1,
    rooms: 1,
  })
  const { figures = new Map() } = told.get('chat_room_fan_out_duration_seconds') ?? {}
  expect(figures.get('count')).toBeGreaterThan(0)
  const text = [...told.values()].flatMap(({ figures }) => [...figures.keys()]).join('\n')
  expect(text).not.toMatch(/ada|grace|grumpy|lobby|127\.0\.0\.1/)
})

test('nobody watches the loop, which wakes it all the time, before somebody asks how it does', async () => {
  const watch = jest.spyOn(createRequire(import.meta.url)('perf_hooks'), 'monitorEventLoopDelay')
  const world = await lobby()
  expect(watch).not.toHaveBeenCalled()

  const told = await metrics(world)
  await metrics(world)
  expect(watch).toHaveBeenCalledTimes(1)
  const lag = told.get('chat_room_nodejs_eventloop_lag_min_seconds')?.figures.get('') ?? 0
  expect([0 < lag, lag < 60]).toEqual([true, true]) // not the least of no numbers
})

test.each(['docs/OPERATING.md', 'docs/OPERATING.zh-CN.md'])('%s tells each of them', (file) => {
  const rows = [...readFileSync(file, 'utf8').matchAll(/^\| `(chat_room_\w+)` \| (\w+)/gm)]
  expect(Object.fromEntries(rows.map(([, name, type]) => [name, type]))).toEqual(names)
})
