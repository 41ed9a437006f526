import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { median } from './figures.mjs'
import { bars, colours, lines } from './plots.mjs'

const figures = new URL('../../docs/figures/', import.meta.url)
const page = new URL('../../docs/PERFORMANCE.md', import.meta.url)

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
      ...make(results)(Plot),
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
  for (const name of [
    'compare',
    'ladder',
    'small-rooms',
    'joins',
    'overload',
    'growth',
    'where',
    'tls',
  ]) {
    const results = read(name)
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
    const [start, end] = [text.indexOf(open), text.indexOf(close)]
    if (!results || start === -1 || end === -1) continue
    const block = `\n\nOn ${results.day}:\n\n\`\`\`\n${results.text}\n\n${results.ran}\n\`\`\`\n\n`
    text = text.slice(0, start + open.length) + block + text.slice(end)
  }
  writeFileSync(page, text)
}

/** A picture of how something grows with `key`. */
const growth = (key, read, axes) => ({
  from: 'growth',
  make: (results) =>
    lines(points(results[key], key, read), { ...axes, label: axes.label(results) }),
})

/** Of each, whose results it shows, and what Plot is to draw of them. */
const pictures = {
  throughput: {
    from: 'compare',
    make: (results) =>
      bars(
        rows(results, ({ deliveries_per_cpu_s: n }) => n),
        { label: 'deliveries per CPU-second →', log: true, order: results.options.targets },
      ),
  },
  latency: {
    from: 'compare',
    make: (results) =>
      bars(
        rows(results, ({ lat_us }) => lat_us.p99 / 1e3),
        { label: 'latency p99, ms →', log: true, order: results.options.targets },
      ),
  },
  memory: {
    from: 'compare',
    make: (results) => {
      const rate = results.options.rates.includes(500) ? 500 : results.options.rates[0]
      const some = { ...results, options: { ...results.options, rates: [rate] } }
      const data = rows(some, ({ rss_end_kib: kib }) => kib / 1024)
      return bars(
        data.map(({ target, value }) => ({ target, value })),
        { label: 'memory with 1000 clients, MiB →', order: results.options.targets },
      )
    },
  },
  ladder: {
    from: 'ladder',
    make: ({ options, highest }) =>
      bars(
        Object.entries(highest).map(([target, held]) => ({
          target,
          value: median(held.map(({ rate }) => rate)),
        })),
        { label: 'most messages/s to 1000 clients, p99 < 100 ms →', order: options.targets },
      ),
  },
  'growth-clients': growth('clients', ({ perCpuSecond }) => perCpuSecond, {
    x: 'clients in one room',
    label: ({ rate }) => `↑ deliveries per CPU-second at ${rate} messages/s`,
  }),
  'growth-latency': growth('clients', ({ p99Ms }) => p99Ms, {
    x: 'clients in one room',
    label: ({ rate }) => `↑ latency p99 at ${rate} messages/s, ms`,
  }),
  'growth-memory': growth('clients', ({ perConnectionKib }) => Math.max(perConnectionKib, 0), {
    x: 'clients in one room',
    label: () => '↑ memory a connection, KiB',
    log: false,
  }),
  'growth-rooms': growth('rooms', ({ busy }) => busy * 100, {
    x: 'rooms, 1000 clients in all',
    label: ({ rate }) => `↑ CPU of the server at ${rate} messages/s in all, %`,
    log: false,
  }),
  'growth-stored': {
    from: 'growth',
    make: ({ stored }) => {
      const read = {
        'ready after start': [({ readyMs }) => readyMs, colours.ours],
        'page of history, p99': [({ history }) => history.p99, colours.uWS],
        'search, p99': [({ search }) => search.p99, colours.wall],
      }
      const data = Object.entries(read).flatMap(([series, [value, colour]]) =>
        stored.map((point) => ({ x: point.messages, series, colour, value: value(point) })),
      )
      const drawn = lines(data, { x: 'messages stored', label: '↑ ms' })
      return (Plot) => ({ ...drawn(Plot), marginRight: 170 })
    },
  },
  overload: {
    from: 'overload',
    make:
      ({ rss, seconds }) =>
      (Plot) => ({
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

/** The medians of a growth, a point a server and size. */
function points(list, key, read) {
  const groups = new Map()
  for (const point of list) {
    const name = `${point.target} ${point[key]}`
    groups.set(name, [...(groups.get(name) ?? []), point])
  }
  return [...groups.values()].map((group) => ({
    x: group[0][key],
    series: group[0].target,
    colour: colours[group[0].target],
    value: median(group.map(read)),
  }))
}
