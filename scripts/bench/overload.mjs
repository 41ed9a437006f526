import { setTimeout as wait } from 'node:timers/promises'
import { connect, summary } from './asker.mjs'
import { keepToLoadCore } from './setup.mjs'
import { load } from './load.mjs'
import { ours } from './targets.mjs'

/** Who floods and hears it. */
const CLIENTS = 200
/** People in another room, who say this many lines a second together, all the time. */
const PEOPLE = 10
const LINES = 50
const BEFORE_S = 5
const AFTER_S = 10

/**
 * What becomes of a server that is told far more than it can take: what it refuses, how long those wait whom it
 * serves, what memory it takes, and how soon all is as before.
 * @param {{ rate: number, seconds: number }} options `rate`: messages a second, far past what it can take.
 * @param {(line: string) => void} say
 */
export async function measureOverload({ rate, seconds }, say) {
  keepToLoadCore()
  const target = await ours({ clients: CLIENTS, loads: 1 })
  try {
    await target.start()
    const talk = await quietTalk(target.program.url)
    const memory = watchMemory(target.program)
    await wait(BEFORE_S * 1_000)
    say(`${rate} messages/s for ${seconds} s`)
    const began = performance.now()
    const flood = await load(target, {
      conns: CLIENTS,
      senders: CLIENTS,
      rate,
      warmup: 0,
      duration: seconds,
      drain: 5,
      'settle-max': 5,
      ...target.flags(0),
    })
    const ended = performance.now()
    await wait(AFTER_S * 1_000)
    const [lines, rss] = [await talk.stop(), memory.stop()]
    return { rate, seconds, flood, ...judged({ lines, rss, began, ended }) }
  } finally {
    await target.remove()
  }
}

/** @returns {string} */
export function overloadTable({ rate, seconds, flood, talk, rss, recoveredMs }) {
  const ms = (us) => (us / 1e3).toFixed(0)
  const row = (name, { p50, p99, max }, refused) =>
    `${name.padEnd(34)}${[p50, p99, max].map((n) => n.toFixed(0).padStart(8)).join('')}${`${refused}`.padStart(9)}`
  const served = Math.round(flood.received / CLIENTS)
  const unread = flood.sent + flood.blocked - served - flood.refused
  return [
    `${rate} messages/s of ${CLIENTS} people in one room for ${seconds} s; ${PEOPLE} people in another room say ${LINES} lines/s`,
    '',
    `of ${flood.sent + flood.blocked} messages ${served} were stored and told to all, ${flood.refused} were refused${unread > 0 ? `, ${unread} had no answer yet` : ''}`,
    `from sending to hearing: p50 ${ms(flood.lat_us.p50)} ms, p99 ${ms(flood.lat_us.p99)} ms, at most ${ms(flood.lat_us.max)} ms`,
    '',
    `${'acknowledgements there, ms'.padEnd(34)}     p50     p99     max  refused`,
    row('before', talk.before, talk.before.refused),
    row('meanwhile', talk.during, talk.during.refused),
    row('from 5 s after it on', talk.after, talk.after.refused),
    '',
    `as before ${recoveredMs} ms after the end; memory ${rss.before} MiB before, at most ${rss.most}, ${rss.after} ten seconds after`,
  ].join('\n')
}

/** People who go on as if nothing were; each line knows when it was said. */
async function quietTalk(url) {
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, (_, i) => connect(url, `calm${i}`)),
  )
  const lines = []
  const waiting = []
  let over = false
  const talking = (async () => {
    for (let i = 0; !over; i++) {
      const at = performance.now()
      const person = people[i % PEOPLE]
      waiting.push(
        person.timed({ type: 'chat', room: 'lobby', data: `line ${i}` }).then(
          (ms) => lines.push({ at, ms }),
          () => lines.push({ at, refused: true }),
        ),
      )
      await wait(1_000 / LINES)
    }
  })()
  return {
    async stop() {
      over = true
      await talking
      await Promise.race([Promise.all(waiting), wait(5_000)])
      for (const { close } of people) close()
      return lines
    },
  }
}

function watchMemory(program) {
  const samples = []
  const look = async () => samples.push({ at: performance.now(), mib: await program.residentMib() })
  const timer = setInterval(() => void look(), 100)
  return {
    stop() {
      clearInterval(timer)
      return samples
    },
  }
}

function judged({ lines, rss, began, ended }) {
  const between = (from, to) => lines.filter(({ at }) => at >= from && at < to)
  const told = (some) => ({
    ...summary(some.flatMap(({ ms }) => (ms === undefined ? [] : [ms]))),
    refused: some.filter(({ refused }) => refused).length,
  })
  const before = told(between(0, began))
  // As before: from then on every line is acknowledged within what a line took at most before, or 100 ms.
  const late = lines.filter(({ at, ms = Infinity }) => at > ended && ms > Math.max(100, before.max))
  const recovered =
    late.length === 0 ? 0 : Math.max(...late.map(({ at, ms = 0 }) => at + ms)) - ended
  const most = (from, to) =>
    Math.round(Math.max(...rss.flatMap(({ at, mib }) => (at >= from && at < to ? [mib] : []))))
  return {
    talk: {
      before,
      during: told(between(began, ended)),
      after: told(between(ended + 5_000, Infinity)),
    },
    recoveredMs: Math.round(recovered),
    rss: {
      before: most(0, began),
      most: most(began, Infinity),
      after: Math.round(rss.at(-1)?.mib ?? Number.NaN),
      samples: rss.map(({ at, mib }) => [Math.round(at - began), Math.round(mib)]),
    },
  }
}
