import { median, ratio } from './figures.mjs'

/**
 * The results in one table: a block for each rate, a line for each figure, medians over the rounds, and our
 * ratio to each peer with its interval.
 * @param {import('./run.mjs').Results} results
 * @returns {string}
 */
export function table({ options, loads, first, start }) {
  const { clients, rounds, seconds, targets, senders } = options
  const peers = targets.filter((name) => name !== 'ours')
  const blocks = options.rates.map((rate) => block(rate, { targets, peers, loads }))
  const certainty = rounds < 6 ? 'all rounds between' : '95 % interval'
  return [
    `${clients} clients in one room, ${senders} of them talk; ${rounds} interleaved rounds of ${seconds} s`,
    `medians; in brackets: ${certainty}`,
    ...blocks.flat(),
    ...(start ? ['', ...startLines(start, { loads, first, clients })] : []),
  ].join('\n')
}

const figures = [
  ['deliveries per CPU-second', ({ deliveries_per_cpu_s: n }) => n, (n) => Math.round(n), true],
  ['latency p50, ms', ({ lat_us }) => lat_us.p50 / 1e3, (n) => n.toFixed(1)],
  ['latency p99, ms', ({ lat_us }) => lat_us.p99 / 1e3, (n) => n.toFixed(1)],
  ['CPU of the server, %', ({ server_busy }) => server_busy * 100, (n) => n.toFixed(0)],
  ['memory of the server, MiB', ({ rss_end_kib: kib }) => kib / 1024, (n) => n.toFixed(0)],
  ['connecting, s', ({ connect_s }) => connect_s, (n) => n.toFixed(2)],
]

function block(rate, { targets, peers, loads }) {
  const of = (name) => loads.filter((load) => load.target === name && load.rate === rate)
  const none = peers.map(() => '')
  const lines = figures.map(([title, read, show, isCompared]) => {
    const values = targets.map((name) => of(name).map(({ result }) => read(result)))
    const shown = values.map((numbers) => (numbers.length > 0 ? show(median(numbers)) : '–'))
    const compare = (peer) =>
      compared(values[targets.indexOf('ours')], values[targets.indexOf(peer)])
    return [title].concat(shown, isCompared ? peers.map(compare) : none)
  })
  const complete = targets.map((name) => {
    const all = of(name)
    return `${all.filter(({ result }) => result.complete).length}/${all.length}`
  })
  const rows = aligned([
    [`${rate} messages/s`, ...targets, ...peers.map((peer) => `ours/${peer}`)],
    ...lines,
    ['rounds in which all was delivered', ...complete, ...none],
    ['rounds disturbed by other work', ...targets.map((name) => disturbed(of(name))), ...none],
  ])
  return ['', ...rows]
}

const compared = (ours, theirs) => (ours?.length && theirs?.length ? ratio(ours, theirs) : '–')

/** Something else had more than 15 % of the server's core. */
const disturbed = (loads) => `${loads.filter(({ result }) => result.core_other > 0.15).length}`

function startLines({ readyMs, idleRssMib, acks }, { loads, first, clients }) {
  const ours = (all) => all.filter(({ target }) => target === 'ours').map(({ result }) => result)
  const allIn = (all) => {
    const whole = ours(all).filter(({ ready }) => ready === clients)
    return median(whole.map(({ ready_s: s }) => s)).toFixed(2)
  }
  const perClient = median(ours(first).map(({ rss_per_conn_kib: kib }) => kib))
  return aligned([
    ['ready after start on an empty store, ms', `${Math.round(median(readyMs))}`],
    ['memory when idle, MiB', median(idleRssMib).toFixed(0)],
    [
      `${clients} joins into one room, s (of a new server, later)`,
      `${allIn(first)}, ${allIn(loads)}`,
    ],
    ['memory per connection, KiB', perClient.toFixed(1)],
    [
      'ack at 200 messages/s of 20 people, ms (p50, p99)',
      `${acks.p50.toFixed(1)}, ${acks.p99.toFixed(1)}`,
    ],
  ])
}

/** The first column to the left, the others to the right. */
export function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => `${row[column]}`.length)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? `${cell}`.padEnd(widths[0]) : `${cell}`.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  )
}
