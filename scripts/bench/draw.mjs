import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { median } from './figures.mjs'

const figures = new URL('../../docs/figures/', import.meta.url)
const page = new URL('../../docs/PERFORMANCE.md', import.meta.url)

/** In the middle between black and white, so that they are seen on both. */
const colours = {
  ours: '#2f7ded',
  uWS: '#d9741a',
  naive: '#868e96',
  'socket.io': '#9a5fd0',
  wall: '#12946f',
}
/** A picture brings its own ground, whatever page it stands on. */
const style = `
svg { color: #1f2328; background: #ffffff; font: 12px system-ui, sans-serif }
@media (prefers-color-scheme: dark) { svg { color: #e6edf3; background: #0d1117 } }`

/** Draws the results that are there, and puts their tables into the page. */
export async function draw() {
  const { default: Plot, document } = await tools()
  for (const [name, { from, make }] of Object.entries(pictures)) {
    const results = read(from)
    if (!results) continue
    const svg = Plot.plot({
      document,
      width: 680,
      marginRight: 110,
      ...make(results, Plot),
    })
    writeFileSync(new URL(`${name}.svg`, figures), standalone(svg, document))
    console.log(`docs/figures/${name}.svg`)
  }
  paste()
}

async function tools() {
  const [Plot, { parseHTML }] = await Promise.all([
    import('@observablehq/plot'),
    import('linkedom'),
  ])
  return { default: Plot, document: parseHTML('<!doctype html><body></body>').document }
}

function standalone(svg, document) {
  const sheet = document.createElement('style')
  sheet.textContent = style
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  svg.append(sheet)
  return `${svg.outerHTML}\n`
}

function read(name) {
  const file = new URL(`${name}.json`, figures)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** Between `<!-- NAME -->` and `<!-- /NAME -->` stands what the last run printed. */
function paste() {
  let text = readFileSync(page, 'utf8')
  for (const name of ['compare', 'ladder', 'small-rooms', 'overload', 'growth', 'tls']) {
    const results = read(name)
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
    const [start, end] = [text.indexOf(open), text.indexOf(close)]
    if (!results || start === -1 || end === -1) continue
    const block = `\n\nOn ${results.day}:\n\n\`\`\`\n${results.text}\n\n${results.ran}\n\`\`\`\n\n`
    text = text.slice(0, start + open.length) + block + text.slice(end)
  }
  writeFileSync(page, text)
}

const short = (number) =>
  number >= 1e6
    ? `${(number / 1e6).toPrecision(2)} M`
    : number >= 1e4
      ? `${Math.round(number / 1e3)} k`
      : number >= 100
        ? `${Math.round(number)}`
        : `${Number(number.toPrecision(2))}`

/** The medians of a figure, a row a server and rate. */
function rows({ options, loads }, read) {
  return options.rates.flatMap((rate) =>
    options.targets.flatMap((target) => {
      const some = loads.filter((load) => load.target === target && load.rate === rate)
      const value = median(some.map(({ result }) => read(result)))
      return Number.isFinite(value) ? [{ target, rate: `${rate} messages/s`, value }] : []
    }),
  )
}

/** Horizontal bars with their numbers, a panel a rate. */
const bars =
  (data, { label, log, order }) =>
  (Plot) => {
    const rates = [...new Set(data.map(({ rate }) => rate))]
    const panels = rates[0] === undefined ? {} : { fy: 'rate' }
    const values = data.map(({ value }) => value)
    const from = log ? Math.min(...values) / 2 : 0
    return {
      height: 70 + rates.length * (22 * order.length + 34),
      marginLeft: 80,
      marginRight: 20,
      marginTop: 30,
      marginBottom: 44,
      // Room for the number behind the longest bar.
      x: {
        label,
        grid: true,
        tickFormat: short,
        domain: [from, Math.max(...values) * (log ? 2 : 1.12)],
        labelOffset: 38,
        ...(log ? { type: 'log', ticks: 3 } : { ticks: 5 }),
      },
      y: { label: null, domain: order },
      ...(panels.fy && { fy: { axis: null, domain: rates, padding: 0.25 } }),
      marks: [
        Plot.barX(data, {
          x1: from,
          x2: 'value',
          y: 'target',
          ...panels,
          fill: ({ target }) => colours[target],
        }),
        Plot.text(data, {
          x: 'value',
          y: 'target',
          ...panels,
          text: ({ value }) => short(value),
          textAnchor: 'start',
          dx: 5,
          fill: 'currentColor',
        }),
        ...(panels.fy
          ? [
              Plot.text(rates, {
                fy: (rate) => rate,
                text: (rate) => rate,
                frameAnchor: 'top-left',
                dy: -14,
                fontWeight: 600,
                fill: 'currentColor',
              }),
            ]
          : []),
      ],
    }
  }

/** Lines over a quantity that grows tenfold, each with its name at its end. */
const lines =
  (data, { x, label, y, log = true }) =>
  (Plot) => ({
    height: 300,
    marginLeft: 60,
    marginTop: 28,
    marginBottom: 48,
    x: {
      labelOffset: 40,
      type: 'log',
      label: x,
      tickFormat: short,
      ticks: [...new Set(data.map((point) => point.x))],
      labelAnchor: 'center',
    },
    y: {
      label,
      grid: true,
      tickFormat: short,
      ticks: 5,
      zero: !log,
      ...(log && { type: 'log' }),
      ...y,
    },
    marks: [
      Plot.line(data, { x: 'x', y: 'value', z: 'series', stroke: 'colour', strokeWidth: 2 }),
      Plot.dot(data, { x: 'x', y: 'value', fill: 'colour', r: 3 }),
      Plot.text(ends(data, log), {
        x: 'x',
        y: 'labelAt',
        text: 'series',
        textAnchor: 'start',
        dx: 8,
        fill: 'colour',
        fontWeight: 600,
      }),
    ],
  })

/** Where the names stand: at the lines' ends, but never upon each other. */
function ends(data, log) {
  const last = new Map(data.map((point) => [point.series, point]))
  const scale = log ? Math.log : (n) => n
  const back = log ? Math.exp : (n) => n
  const all = data.map(({ value }) => scale(value))
  const gap = (Math.max(...all) - Math.min(...all, log ? Infinity : 0)) * 0.075
  let below = -Infinity
  return [...last.values()]
    .toSorted((a, b) => a.value - b.value)
    .map((point) => {
      below = Math.max(scale(point.value), below + gap)
      return { ...point, labelAt: back(below) }
    })
}

/** The medians of a growth, a point a series and size. */
function points(list, key, read, series = ({ target }) => target) {
  const groups = Map.groupBy ? Map.groupBy(list, by) : grouped(list, by)
  function by(point) {
    return `${series(point)} ${point[key]}`
  }
  return [...groups.values()].map((group) => ({
    x: group[0][key],
    series: series(group[0]),
    colour: colours[group[0].target],
    value: median(group.map(read)),
  }))
}

function grouped(list, by) {
  const groups = new Map()
  for (const item of list) groups.set(by(item), [...(groups.get(by(item)) ?? []), item])
  return groups
}

const pictures = {
  throughput: {
    from: 'compare',
    make: (results, Plot) =>
      bars(
        rows(results, ({ deliveries_per_cpu_s: n }) => n),
        { label: 'deliveries per CPU-second →', log: true, order: results.options.targets },
      )(Plot),
  },
  latency: {
    from: 'compare',
    make: (results, Plot) =>
      bars(
        rows(results, ({ lat_us }) => lat_us.p99 / 1e3),
        { label: 'latency p99, ms →', log: true, order: results.options.targets },
      )(Plot),
  },
  memory: {
    from: 'compare',
    make: (results, Plot) => {
      const rate = results.options.rates.includes(500) ? 500 : results.options.rates[0]
      const some = { ...results, options: { ...results.options, rates: [rate] } }
      const data = rows(some, ({ rss_end_kib: kib }) => kib / 1024)
      return bars(
        data.map(({ target, value }) => ({ target, value })),
        { label: 'memory with 1000 clients, MiB →', order: results.options.targets },
      )(Plot)
    },
  },
  ladder: {
    from: 'ladder',
    make: ({ options, highest }, Plot) =>
      bars(
        Object.entries(highest).map(([target, held]) => ({
          target,
          value: median(held.map(({ rate }) => rate)),
        })),
        { label: 'most messages/s to 1000 clients, p99 < 100 ms →', order: options.targets },
      )(Plot),
  },
  'growth-clients': {
    from: 'growth',
    make: ({ clients, rate }, Plot) =>
      lines(
        points(clients, 'clients', ({ perCpuSecond }) => perCpuSecond),
        { x: 'clients in one room', label: `↑ deliveries per CPU-second at ${rate} messages/s` },
      )(Plot),
  },
  'growth-latency': {
    from: 'growth',
    make: ({ clients, rate }, Plot) =>
      lines(
        points(clients, 'clients', ({ p99Ms }) => p99Ms),
        { x: 'clients in one room', label: `↑ latency p99 at ${rate} messages/s, ms` },
      )(Plot),
  },
  'growth-memory': {
    from: 'growth',
    make: ({ clients }, Plot) =>
      lines(
        points(clients, 'clients', ({ perConnectionKib }) => Math.max(perConnectionKib, 0)),
        { x: 'clients in one room', label: '↑ memory a connection, KiB', log: false },
      )(Plot),
  },
  'growth-rooms': {
    from: 'growth',
    make: ({ rooms, rate }, Plot) =>
      lines(
        points(rooms, 'rooms', ({ busy }) => busy * 100),
        {
          x: 'rooms, 1000 clients in all',
          label: `↑ CPU of the server at ${rate} messages/s in all, %`,
          log: false,
        },
      )(Plot),
  },
  'growth-stored': {
    from: 'growth',
    make: ({ stored }, Plot) => {
      const read = {
        'ready after start': [({ readyMs }) => readyMs, colours.ours],
        'page of history, p99': [({ history }) => history.p99, colours.uWS],
        'search, p99': [({ search }) => search.p99, colours.wall],
      }
      const data = Object.entries(read).flatMap(([series, [value, colour]]) =>
        stored.map((point) => ({ x: point.messages, series, colour, value: value(point) })),
      )
      return { ...lines(data, { x: 'messages stored', label: '↑ ms' })(Plot), marginRight: 170 }
    },
  },
  overload: {
    from: 'overload',
    make: ({ rss, seconds }, Plot) => ({
      height: 220,
      marginLeft: 60,
      marginTop: 28,
      marginBottom: 48,
      marginRight: 20,
      x: {
        labelOffset: 40,
        label: 'seconds from the beginning of the flood',
        labelAnchor: 'center',
        ticks: 8,
      },
      y: { label: '↑ memory of the server, MiB', grid: true, zero: true, ticks: 5 },
      marks: [
        Plot.rectX([{ from: 0, to: seconds }], {
          x1: 'from',
          x2: 'to',
          fill: colours.uWS,
          fillOpacity: 0.2,
        }),
        Plot.line(
          rss.samples.map(([ms, mib]) => ({ s: ms / 1e3, mib })),
          { x: 's', y: 'mib', stroke: colours.ours, strokeWidth: 2 },
        ),
        Plot.text([{ s: seconds / 2 }], {
          x: 's',
          frameAnchor: 'bottom',
          dy: -8,
          text: () => 'flood',
          fill: 'currentColor',
        }),
      ],
    }),
  },
}
