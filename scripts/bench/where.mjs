import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { median } from './figures.mjs'
import { onceConnected } from './joins.mjs'
import { load } from './load.mjs'
import { flags, rotated, startWarm } from './run.mjs'
import { LOAD_CORE } from './setup.mjs'
import { aligned } from './table.mjs'
import { bare, naive, ours, uws } from './targets.mjs'

/** From the last connection until messages are said all the time, in seconds: the generator's pause, and its warm-up. */
const BEFORE_S = 3
/** Node starts its own thread, then one that waits for V8's delayed tasks, then V8's four. */
const V8_THREADS = 5
/** Messages a second while the servers of the rooms get warm. */
const WARM_RATE = 500
/** Where send(2), write(2), writev(2) and sendmsg(2) go through in the kernel. */
const SENDS = new Set(['__sys_sendto', 'ksys_write', 'do_writev', '__sys_sendmsg'])

/**
 * Goals by processor time: a thousand clients in one room, and what uWebSockets.js takes for the same; the most messages
 * that either can tell them, a bit below of which each is measured; a hundred rooms of ten, and naive koa. `least`: what
 * is left of ours without all that it is for but its commits is measured, too (peers/bare.mjs).
 */
const CASES = [
  { rate: 20, goal: 1, least: true },
  { rate: 100, goal: 2, least: true },
  { rate: 500, goal: 2.5, least: true },
  { rate: 2_000, goal: 2.5, least: true },
  { rate: 4_500, peerRate: 1_500, goal: 3, least: true },
  { rate: 100, goal: 1 / 1.3, rooms: 100 },
]

/**
 * Where the processor's time of a message goes, beside what the goal leaves for all of it: in the thread that serves, to
 * sending and to everything else; to the threads of the store; and to V8's.
 * @param {{ clients: number, rounds: number, seconds: number }} options `seconds`: looked at in each load.
 * @param {(line: string) => void} say
 * @throws {Error} if `perf` is not there, or may not look.
 */
export async function measureWhere({ clients, rounds, seconds }, say) {
  checkPerf()
  const points = []
  for (const [index, one] of CASES.entries()) {
    const { rate, peerRate = rate, rooms, least } = one
    const [peer, many] = rooms ? [naive, { rooms }] : [uws, {}]
    const targets = [await ours({ clients, loads: 2 * rounds, ...many }), await peer(many)]
    if (least) targets.push(await bare())
    const talk = { clients, rooms, senders: rooms ? clients : 10 }
    try {
      for (let round = 0; round < rounds; round++) {
        for (const target of rotated(targets, round)) {
          const first = 2 * round
          await startWarm(target, talk, first, rooms && WARM_RATE)
          const its = target === targets[1] ? peerRate : rate
          const options = { ...talk, rate: its, seconds: BEFORE_S + seconds, number: first + 1 }
          const [result, shares] = await Promise.all([
            load(target, flags(target, options)),
            onceConnected(target, clients).then(() => profile(target.pid, seconds)),
          ])
          const heard = rooms ? clients / rooms : clients
          const all = (heard * 1e6) / result.deliveries_per_cpu_s
          points.push({ case: index, target: target.name, round, all, shares })
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

function checkPerf() {
  try {
    perf(['stat', '-e', 'cpu-clock', '-p', `${process.pid}`, '--', 'true'])
  } catch (cause) {
    const how =
      'install linux-perf, and run as root or with /proc/sys/kernel/perf_event_paranoid at 1'
    throw new Error(`where time goes is read by perf(1): ${how}`, { cause })
  }
}

const perf = (args) => execFileSync('perf', args, { encoding: 'utf8', stdio: 'pipe' })

/** @returns of all that a process does in so many seconds, which share is what, of 1. */
async function profile(pid, seconds) {
  await wait(BEFORE_S * 1e3)
  const folder = await mkdtemp(join(tmpdir(), 'chat-room-perf-'))
  const file = join(folder, 'perf.data')
  try {
    const threads = readdirSync(`/proc/${pid}/task`).toSorted((a, b) => a - b)
    const record = [
      'record',
      '-q',
      '-e',
      'cpu-clock',
      '-F',
      '1999',
      '-g',
      '-p',
      `${pid}`,
      '-o',
      file,
    ]
    const command = ['-c', `${LOAD_CORE}`, 'perf', ...record, '--', 'sleep', `${seconds}`]
    await once(spawn('taskset', command, { stdio: 'ignore' }), 'exit')
    const byThread = report(file, ['--no-children', '--sort', 'pid'])
    const ofThreads = (ids) =>
      sum(byThread.filter(([, name]) => ids.includes(name.split(':')[0])).map(([share]) => share))
    const calls = report(file, ['--children', '--sort', 'sym', '--tid', `${pid}`])
    const sends = calls.filter(([, name]) => SENDS.has(name.replace('[k] ', '')))
    return {
      main: ofThreads(threads.slice(0, 1)),
      send: sum(sends.map(([share]) => share)),
      v8: ofThreads(threads.slice(1, 1 + V8_THREADS)),
      store: ofThreads(threads.slice(1 + V8_THREADS)),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** @returns {[share: number, name: string][]} of all samples, by what it is sorted. */
function report(file, how) {
  const format = ['-g', 'none', '--percentage', 'absolute', '--stdio', '-t', '|']
  const lines = perf(['report', '-i', file, ...how, ...format]).split('\n')
  return lines
    .filter((line) => line.includes('|') && !line.startsWith('#'))
    .map((line) => [Number.parseFloat(line) / 100, line.slice(line.lastIndexOf('|') + 1).trim()])
}

const sum = (numbers) => numbers.reduce((total, one) => total + one, 0)

/** @returns {string} A line for each server of a case. */
export function whereTable({ clients, rounds, seconds, points }) {
  const rows = CASES.flatMap(({ rate, goal, rooms, least }, index) => {
    const of = (name, share) => {
      const those = points.filter((p) => p.target === name && p.case === index)
      return Math.round(median(those.map(({ all, shares }) => all * share(shares))))
    }
    const peer = rooms ? 'naive' : 'uWS'
    const leaves = Math.round(of(peer, () => 1) / goal)
    return ['ours', ...(least ? ['bare'] : []), peer].map((name, place) => [
      place === 0 ? `${rate}/s, ${rooms ? `${rooms} rooms` : 'one room'}` : '',
      name,
      of(name, () => 1),
      of(name, ({ send }) => send),
      of(name, ({ main, send }) => main - send),
      of(name, ({ store }) => store),
      of(name, ({ v8 }) => v8),
      place === 0 ? leaves : '',
    ])
  })
  const heads = ['', 'in all', 'send()', 'rest', 'store', 'V8', 'goal']
  return [
    `µs of the processor for a message to ${clients} clients; medians of ${rounds} rounds of ${seconds} s`,
    'in all; of it in send() and in the rest of the thread that serves, in the threads of the store, and in V8’s;',
    'goal: what it leaves for ours; bare: koa-websocket, JSON, a thread that commits, and one flush every 25 ms,',
    'with nothing else to it; the peer: uWebSockets.js, at 4500/s what it takes at 1500; in the rooms naive koa',
    ...aligned([['', ...heads], ...rows]),
  ].join('\n')
}
