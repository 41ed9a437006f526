import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { Program, quietBird, signIn } from '../program.mjs'
import { summary } from './asker.mjs'
import { cpuSeconds } from './cpu.mjs'
import { median } from './figures.mjs'
import { keepToLoadCore, SERVER_CORE } from './setup.mjs'

/** Bots of each protocol, each with a connection of its own, all in the lobby. */
const BOTS = 50
/** People who talk. */
const TALKERS = 10
/** Bots that hooks speak as: each may say five lines at once. */
const HOOKS = 20
const LINES_OF_A_HOOK = 5
/** What was not told so long after the last line is lost, in milliseconds. */
const LATE_MS = 10_000

const names = (kind, count) => Array.from({ length: count }, (_, n) => `${kind}${n}`)
const oneBots = names('onebot', BOTS)
const satoris = names('satori', BOTS)
const hooks = names('hook', HOOKS)
const tokenOf = (name) => `a-token-of-the-bench-${name}`
const sectionsOf = (all, use) =>
  all.map((name) => `[bot:${name}]\nuse = ${use}\ntoken = ${tokenOf(name)}\n`).join('')

/**
 * Whether bots elsewhere hear all that is said, whether one that does not read delays the others, and how soon what is sent
 * to a hook is on a person's screen.
 * @param {{ rate: number, seconds: number, rounds: number }} options `rate`: lines a second in the room.
 * @param {(line: string) => void} say
 */
export async function measureGateways({ rate, seconds, rounds }, say) {
  keepToLoadCore()
  const bots = [
    quietBird,
    sectionsOf(oneBots, 'onebot11'),
    sectionsOf(satoris, 'satori'),
    sectionsOf(hooks, 'webhook-in'),
  ]
  const program = await Program.prepare({ cpu: SERVER_CORE, bots: bots.join('') })
  try {
    await program.start()
    const talkers = await Promise.all(
      names('talker', TALKERS).map((name) => person(program.url, name)),
    )
    const ears = {
      onebot11: await Promise.all(oneBots.map((name) => oneBot(program.url, name))),
      satori: await Promise.all(satoris.map((name) => satori(program.url, name))),
      people: [await person(program.url, 'listener')],
    }
    await talk({ talkers, ears, rate, seconds: 1 }) // warm
    const without = []
    const spent = cpuSeconds(program.pid)
    const begun = performance.now()
    const beside = []
    for (let round = 0; round < rounds; round += 1) {
      without.push(await talk({ talkers, ears, rate, seconds }))
      const slow = await oneBot(program.url, 'onebot0')
      slow.ws.pause()
      beside.push(await talk({ talkers, ears, rate, seconds }))
      slow.ws.terminate()
      say(`round ${round + 1} of ${rounds}`)
    }
    const cpu = ((cpuSeconds(program.pid) - spent) * 1e5) / (performance.now() - begun)
    const hook = await measureHook(program.url, ears.people[0])
    for (const ear of [...talkers, ...Object.values(ears).flat()]) ear.ws.terminate()
    return {
      rate,
      seconds,
      rounds,
      without: eachKind(without),
      beside: eachKind(beside),
      hook,
      cpu,
    }
  } finally {
    await program.remove()
  }
}

/** @param {Awaited<ReturnType<typeof measureGateways>>} figures */
export function gatewaysTable({ rate, seconds, rounds, without, beside, hook, cpu }) {
  const ms = ({ p50, p99, max }) => [p50, p99, max].map((n) => n.toFixed(1).padStart(7)).join('  ')
  const row = (name, { told, due, disordered, ...times }) =>
    `${name.padEnd(38)}  ${ms(times)}  ${`${told} of ${due}`.padStart(18)}  ${`${disordered}`.padStart(12)}`
  const rows = (figures, more) => [
    row(`${BOTS} OneBot connections${more}`, figures.onebot11),
    row(`${BOTS} Satori connections${more}`, figures.satori),
    row(`a person${more}`, figures.people),
  ]
  const head = ['p50', 'p99', 'max'].map((word) => word.padStart(7)).join('  ')
  return [
    `${rate} lines/s, ${rounds} rounds of ${seconds} s; ms, medians`.padEnd(38) +
      `  ${head}  ${'told'.padStart(18)}  ${'out of order'.padStart(12)}`,
    ...rows(without, ''),
    ...rows(beside, ', beside a slow one'),
    `hook to screen, ${HOOKS * LINES_OF_A_HOOK} posts`.padEnd(38) + `  ${ms(summary(hook))}`,
    '',
    `the server took ${cpu.toFixed(0)} % of a core`,
  ].join('\n')
}

/** Lines of this run, and what all ears made of them. */
async function talk({ talkers, ears, rate, seconds }) {
  const sent = []
  const all = Object.values(ears).flat()
  for (const ear of all) ear.begin(sent)
  const count = rate * seconds
  const begun = performance.now()
  for (let n = 0; n < count; n += 1) {
    const due = begun + (n * 1_000) / rate
    if (due > performance.now()) await wait(due - performance.now())
    sent.push(performance.now())
    talkers[n % talkers.length].say(`line ${n}.`)
  }
  const late = performance.now() + LATE_MS
  while (all.some((ear) => ear.times.length < count) && performance.now() < late) await wait(20)
  return Object.fromEntries(
    Object.entries(ears).map(([kind, list]) => [
      kind,
      {
        due: count * list.length,
        told: list.reduce((sum, { times }) => sum + times.length, 0),
        disordered: list.reduce((sum, { disordered }) => sum + disordered, 0),
        times: list.flatMap(({ times }) => times),
      },
    ]),
  )
}

/** The rounds together: of times the median of the rounds, so that one that was disturbed does not count. */
function together(rounds) {
  const sum = (of) => rounds.reduce((all, round) => all + of(round), 0)
  const summaries = rounds.map(({ times }) => summary(times))
  const times = ['p50', 'p99', 'max'].map((key) => [key, median(summaries.map((one) => one[key]))])
  return {
    due: sum(({ due }) => due),
    told: sum(({ told }) => told),
    disordered: sum(({ disordered }) => disordered),
    ...Object.fromEntries(times),
  }
}

const eachKind = (rounds) =>
  Object.fromEntries(
    Object.keys(rounds[0]).map((kind) => [kind, together(rounds.map((one) => one[kind]))]),
  )

/** How soon a person reads what a program sent: from the request to the frame, in milliseconds. */
async function measureHook(url, listener) {
  const times = []
  for (let n = 0; n < HOOKS * LINES_OF_A_HOOK; n += 1) {
    const text = `hook ${n}.`
    const shown = listener.shows(text)
    const begun = performance.now()
    const body = JSON.stringify({ text })
    const headers = { 'content-type': 'application/json' }
    const path = `${url}/hooks/${tokenOf(hooks[n % HOOKS])}`
    const answer = await fetch(path, { method: 'POST', headers, body })
    if ((await answer.text()) !== 'ok') throw new Error(`a hook was answered ${answer.status}`)
    times.push((await shown) - begun)
  }
  return times
}

/**
 * A connection that counts the lines which it is told. That the store numbers them in another order than they were sent
 * is no fault; that a connection hears them in another order than they are numbered is one.
 * @param {RegExp} numbered Finds a line's number in the room.
 */
function earOf(ws, numbered) {
  let sent = []
  let last = 0
  const awaited = new Map()
  const ear = {
    ws,
    /** Of each line, from sending to hearing, in milliseconds. */
    times: [],
    disordered: 0,
    begin(times) {
      sent = times
      ear.times = []
      ear.disordered = 0
    },
    /** When a line was heard. */
    shows: (text) => new Promise((resolve) => awaited.set(text, resolve)),
  }
  ws.on('message', (data) => {
    const now = performance.now()
    const text = String(data)
    for (const [, number] of text.matchAll(numbered)) {
      if (Number(number) <= last) ear.disordered += 1
      last = Number(number)
    }
    for (const [, n] of text.matchAll(/"(?:text|content|data)":"line (\d+)\."/g))
      ear.times.push(now - sent[Number(n)])
    for (const [line, resolve] of awaited) {
      if (!text.includes(line)) continue
      awaited.delete(line)
      resolve(now)
    }
  })
  return ear
}

async function person(url, name) {
  const { cookie } = await signIn(url, name)
  const ws = new WebSocket(`${url.replace('http', 'ws')}/chat`, 'chat-room.v1', {
    headers: { cookie },
  })
  const ear = earOf(ws, /"type":"chat"[^{}]*?"seq":(\d+)/g)
  await once(ws, 'open')
  let asked = 0
  const send = (frame) =>
    ws.send(JSON.stringify({ cid: `${name}-${(asked += 1)}-0000`, room: 'lobby', ...frame }))
  send({ type: 'join' })
  return Object.assign(ear, { say: (data) => send({ type: 'chat', data }) })
}

async function oneBot(url, name) {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/onebot/v11/ws`, {
    headers: { authorization: `Bearer ${tokenOf(name)}` },
  })
  const ear = earOf(ws, /"message_id":(\d+)/g)
  await once(ws, 'open')
  return ear
}

async function satori(url, name) {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/satori/v1/events`)
  const ear = earOf(ws, /"message":\{"id":"(\d+)"/g)
  await once(ws, 'open')
  ws.send(JSON.stringify({ op: 3, body: { token: tokenOf(name) } }))
  return ear
}
