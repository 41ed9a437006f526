import { statfsSync, statSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { Meter, Tally } from './meter.js'

/** What is read at the moment when somebody asks for it. */
export interface MetricsOptions {
  version: string
  meter: Meter
  ready: () => boolean
  /** Open WebSockets of the chat, by what they speak; those that read too slowly; bytes that wait to be sent to them. */
  connections: () => { byMode: Readonly<Record<string, number>>; slow: number; unsent: number }
  /** Rooms that there are, and those that are open on this node. */
  rooms: () => { all: number; open: number }
  /** Events that wait for their commit. */
  journal: () => number
  /** Bots by what they do. */
  bots: () => Readonly<Record<string, number>>
  /** Requests that the threads of the store have not answered. */
  store: () => number
  /** The file of the store. */
  file: string
}

/** The lag of the loop is looked at so often, in milliseconds, by a timer that wakes the thread each time. */
const LAG_MS = 10

/**
 * What `/metrics` shows, as Prometheus text (exposition format 0.0.4): no names, no texts, numbers alone. What process
 * and loop do is watched from the first question on, since a server that nobody asks would be woken for nothing.
 */
export function createMetrics(options: MetricsOptions): () => Promise<string> {
  const registry = ownMetrics(options)
  let watching: Promise<unknown> | undefined
  return async () => {
    await (watching ??= watchProcess(registry))
    return registry.metrics()
  }
}

/** Resolves when the lag has been looked at: before, it is told as some absurd number. */
async function watchProcess(register: Registry): Promise<void> {
  collectDefaultMetrics({
    register,
    prefix: 'chat_room_',
    eventLoopMonitoringPrecision: LAG_MS,
  })
  await wait(3 * LAG_MS)
}

function ownMetrics(options: MetricsOptions): Registry {
  const { meter, version, file } = options
  const registry = new Registry()
  const gauge = (name: string, help: string, read: () => number) =>
    registry.registerMetric(new Gauge(readAnew(name, help, [], (add) => add({}, read()))))
  const gaugeBy = (
    name: string,
    help: string,
    label: string,
    read: () => Readonly<Record<string, number>>,
  ) =>
    registry.registerMetric(
      new Gauge(
        readAnew(name, help, [label], (add) => {
          for (const [word, count] of Object.entries(read())) add({ [label]: word }, count)
        }),
      ),
    )
  const counter = (name: string, help: string, read: () => number) =>
    registry.registerMetric(new Counter(readAnew(name, help, [], (add) => add({}, read()))))
  const counterBy = (name: string, help: string, label: string, tally: Tally) =>
    registry.registerMetric(
      new Counter(
        readAnew(name, help, [label], (add) => {
          for (const [word, count] of tally) add({ [label]: word }, count)
        }),
      ),
    )

  gaugeBy('chat_room_build_info', 'Always 1; which version this is', 'version', () => ({
    [version]: 1,
  }))
  gauge('chat_room_ready', '1 while it serves, 0 while it closes', () => Number(options.ready()))

  gaugeBy(
    'chat_room_connections',
    'Open WebSockets, by what they speak',
    'mode',
    () => options.connections().byMode,
  )
  counterBy(
    'chat_room_connections_opened_total',
    'WebSockets that were let in',
    'mode',
    meter.opened,
  )
  counterBy(
    'chat_room_connections_closed_total',
    'WebSockets that ended, by close code',
    'code',
    meter.closed,
  )
  gauge(
    'chat_room_connections_slow',
    'Connections that read too slowly to be told everything',
    () => options.connections().slow,
  )
  gauge(
    'chat_room_outbox_bytes',
    'Bytes that wait to be sent to connections',
    () => options.connections().unsent,
  )

  gauge('chat_room_rooms', 'Rooms that there are', () => options.rooms().all)
  gauge('chat_room_open_rooms', 'Rooms that this node has opened', () => options.rooms().open)

  counterBy(
    'chat_room_events_total',
    'Numbered events that were handed out, by type',
    'type',
    meter.events,
  )
  counter(
    'chat_room_deliveries_total',
    'Numbered events, once for each listener that got one',
    () => meter.deliveries,
  )
  registry.registerMetric(meter.commitSeconds)
  registry.registerMetric(meter.commitEvents)
  counter(
    'chat_room_commit_failures_total',
    'Commits that failed: a full disk, or worse',
    () => meter.commitFailures,
  )
  registry.registerMetric(meter.fanOutSeconds)
  gauge('chat_room_journal_waiting_events', 'Events that wait for their commit', options.journal)

  registry.registerMetric(
    new Counter(
      readAnew(
        'chat_room_refusals_total',
        'What was refused: frames by code, upgrades and pages by status',
        ['at', 'code'],
        (add) => {
          for (const [at, tally] of Object.entries(meter.refused))
            for (const [code, count] of tally) add({ at, code }, count)
        },
      ),
    ),
  )

  gaugeBy('chat_room_bots', 'Bots, by what they do', 'state', options.bots)
  counterBy(
    'chat_room_bot_turns_total',
    'Lines that bots took up, by how it ended',
    'outcome',
    meter.turns,
  )
  counterBy(
    'chat_room_bot_failures_total',
    'What went wrong for bots, by kind',
    'kind',
    meter.botFailures,
  )
  counter(
    'chat_room_bot_circuits_opened_total',
    'Times that a bot was put to rest after failures in a row',
    () => meter.circuits,
  )
  counter(
    'chat_room_plugin_worker_ends_total',
    'Times that a worker of plugins ended by itself and was started again',
    () => meter.workerEnds,
  )

  gauge(
    'chat_room_store_waiting_requests',
    'Requests that the threads of the store have not answered',
    options.store,
  )
  gaugeBy('chat_room_store_size_bytes', 'Size of the data file and its log', 'file', () => ({
    db: sizeOf(file),
    wal: sizeOf(`${file}-wal`),
  }))
  gauge('chat_room_disk_free_bytes', 'Free space beside the data file', () => freeBeside(file))
  return registry
}

type Labels = Record<string, string>

/** What gauges and counters have in common. */
interface Metric {
  reset(): void
  inc(labels: Labels, by: number): void
}

/** How a gauge or counter is made that is read anew each time. */
const readAnew = (
  name: string,
  help: string,
  labelNames: string[],
  read: (add: (labels: Labels, count: number) => void) => void,
) => ({
  name,
  help,
  labelNames,
  registers: [],
  collect(this: Metric) {
    this.reset()
    read((labels, count) => this.inc(labels, count))
  },
})

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

function freeBeside(file: string): number {
  try {
    const { bavail, bsize } = statfsSync(file)
    return bavail * bsize
  } catch {
    return NaN // nobody knows
  }
}
