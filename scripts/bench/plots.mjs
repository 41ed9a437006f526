/** Ways to draw results with Observable Plot: each makes of its data what Plot is to draw. */

/** In the middle between black and white, so that they are seen on both. */
export const colours = {
  ours: '#2f7ded',
  uWS: '#d9741a',
  naive: '#868e96',
  'socket.io': '#9a5fd0',
  wall: '#12946f',
  bare: '#c2a30a',
}

/** Horizontal bars with their numbers, a panel a rate. */
export const bars =
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
export const lines =
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

const short = (number) =>
  number >= 1e6
    ? `${(number / 1e6).toPrecision(2)} M`
    : number >= 1e4
      ? `${Math.round(number / 1e3)} k`
      : number >= 100
        ? `${Math.round(number)}`
        : `${Number(number.toPrecision(2))}`
