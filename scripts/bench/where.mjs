import { readdirSync, readFileSync } from 'node:fs'
import { TICKS_PER_S } from './cpu.mjs'
import { median } from './figures.mjs'
import { load } from './load.mjs'
import { flags, rotated, startWarm } from './run.mjs'
import { aligned } from './table.mjs'
import { naive, ours, uws } from './targets.mjs'

/** Threads are looked at so often, in milliseconds. */
const LOOK_MS = 250
/** Of these, so much is left out after the generator began and before it ended, in seconds. */
const EDGE_S = 2
/** Node starts its own thread, then one that waits for V8's delayed tasks, then V8's four. */
const V8_THREADS = 5

/**
 * Goals by processor time: a thousand clients in one room and what uWebSockets.js takes for the same; a hundred rooms of
 * ten, and naive koa.
 */
const CASES = [
  { rate: 20, goal: 1 },
  { rate: 100, goal: 2 },
  { rate: 500, goal: 2.5 },
  { rate: 2_000, goal: 2.5 },
  { rate: 100, goal: 1 / 1.3, rooms: 100 },
]

/**
 * Where the processor's time of a message goes, beside what the goal leaves for all of it: in the thread that serves, to
 * the kernel and to everything else; to the threads of the store; and to V8's.
 * @param {{ clients: number, rounds: number, seconds: number }} options `seconds`: of each load.
 * @param {(line: string) => void} say
 */
export async function measureWhere({ clients, rounds, seconds }, say) {
  const points = []
  for (const one of CASES) {
    const { rate, rooms } = one
    const [peer, many] = rooms ? [naive, { rooms }] : [uws, {}]
    const targets = [await ours({ clients, loads: 2 * rounds, ...many }), await peer(many)]
    const options = { clients, rooms, senders: rooms ? clients : 10, rate, seconds }
    try {
      for (let round = 0; round < rounds; round++) {
        for (const target of rotated(targets, round)) {
          await startWarm(target, options, 2 * round, rooms && 500)
          const over = watch(target.pid)
          const result = await load(target, flags(target, { ...options, number: 2 * round + 1 }))
          const all = result.server_busy * 1e3
          points.push({ ...one, target: target.name, round, all, ...over(seconds) })
          say(JSON.stringify(points.at(-1)))
          await target.stop()
        }
      }
    } finally {
      for (const target of targets) await target.remove()
    }
  }
  return { clients, rounds, seconds, points }
}

/** Looks at a server until the generator ends. @returns then what its threads took while messages were said, in ms a second. */
function watch(pid) {
  const looks = []
  const timer = setInterval(() => looks.push([performance.now(), threads(pid)]), LOOK_MS)
  return (seconds) => {
    clearInterval(timer)
    const end = performance.now() - EDGE_S * 1e3
    const begin = end - (seconds - 2 * EDGE_S) * 1e3
    const within = looks.filter(([time]) => time >= begin && time <= end)
    const [[from, before], [to, after]] = [within[0], within.at(-1)]
    const took = (read) => ((read(after) - read(before)) / (to - from)) * 1e3
    return {
      kernel: took(([main]) => main.kernel),
      rest: took(([main]) => main.all - main.kernel),
      v8: took((all) => sum(all.slice(1, 1 + V8_THREADS))),
      store: took((all) => sum(all.slice(1 + V8_THREADS))),
    }
  }
}

const sum = (threads) => threads.reduce((total, { all }) => total + all, 0)

/** What each thread of a process took so far, in milliseconds, in the order in which they began (proc(5)). */
function threads(pid) {
  const ids = readdirSync(`/proc/${pid}/task`).toSorted((a, b) => a - b)
  return ids.map((id) => {
    const [ns] = readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')
    const stat = readFileSync(`/proc/${pid}/task/${id}/stat`, 'utf8')
    const stime = stat.slice(stat.lastIndexOf(')')).split(' ')[13]
    return { all: ns / 1e6, kernel: (stime / TICKS_PER_S) * 1e3 }
  })
}

/** @returns {string} */
export function whereTable({ clients, rounds, seconds, points }) {
  const rows = CASES.map(({ rate, goal, rooms }) => {
    const perMessage = (name, read) => {
      const those = points.filter((p) => p.target === name && p.rate === rate && p.rooms === rooms)
      return median(those.map((point) => (read(point) * 1e3) / rate))
    }
    const mine = ['all', 'kernel', 'store', 'rest', 'v8'].map((part) =>
      perMessage('ours', (point) => point[part]),
    )
    const peer = rooms ? 'naive' : 'uWS'
    const theirs = [perMessage(peer, ({ all }) => all), perMessage(peer, ({ kernel }) => kernel)]
    const allowed = theirs[0] / goal
    const [, kernel, store] = mine
    return [
      `${rate}/s, ${rooms ? `${rooms} rooms` : 'one room'}`,
      ...[...mine, ...theirs, allowed].map(Math.round),
      `${Math.round(((kernel + store) / allowed) * 100)} %`,
    ]
  })
  const parts = ['all', 'kernel', 'store', 'rest', 'V8', 'peer', 'its kernel', 'goal', 'k+s of it']
  return [
    `µs of the processor for a message to ${clients} clients; medians of ${rounds} pairs of ${seconds} s`,
    'kernel, rest: of the thread that serves; store: its threads; peer: uWS, for the rooms naive koa',
    ...aligned([['', ...parts], ...rows]),
  ].join('\n')
}
