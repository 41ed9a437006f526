/** @typedef {{name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, args?: any}} TraceEvent Times in microseconds. */

const PARTS = {
  script:
    /^(FunctionCall|EvaluateScript|v8\.run|RunMicrotasks|FireAnimationFrame|TimerFire|EventDispatch|V8\.GC.*|MinorGC|MajorGC|v8\.callFunction)$/,
  layout:
    /^(Layout|UpdateLayoutTree|IntersectionObserverController::computeIntersections|ResizeObserver.*)$/,
  paint: /^(Paint|PrePaint|Layerize|Commit|UpdateLayer|Animation|HitTest)$/,
}

/**
 * What the main thread of the page did: how many tasks were long, and of what the time was made.
 * @param {{traceEvents: TraceEvent[]}} trace
 */
export function tasksOf({ traceEvents }) {
  const main = mainThread(traceEvents)
  const events = traceEvents.filter(
    ({ pid, tid, ph }) => ph === 'X' && pid === main.pid && tid === main.tid,
  )
  events.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
  const tasks = events.filter(({ name }) => name === 'RunTask')
  const long = tasks.filter(({ dur = 0 }) => dur > 50_000)
  const [worst] = long.toSorted((a, b) => (b.dur ?? 0) - (a.dur ?? 0))
  const whole = (events.at(-1)?.ts ?? 0) - (events[0]?.ts ?? 0)
  return {
    over50: long.length,
    over100: long.filter(({ dur = 0 }) => dur > 100_000).length,
    over100Cpu: tasks.filter(({ tdur = 0 }) => tdur > 100_000).length,
    longest: ms(Math.max(0, ...tasks.map(({ dur = 0 }) => dur))),
    longestCpu: ms(Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur))),
    cpu: ms(tasks.reduce((all, { tdur = 0 }) => all + tdur, 0)),
    busy: Math.round((100 * sum(tasks)) / whole),
    parts: told(partsOf(events)),
    worst: worst && told(partsOf(inside(events, worst))),
  }
}

/** @param {TraceEvent[]} events */
function mainThread(events) {
  const pages = new Map()
  for (const { name, pid, tid } of events) {
    if (name === 'FireAnimationFrame')
      pages.set(`${pid}/${tid}`, { pid, tid, n: (pages.get(`${pid}/${tid}`)?.n ?? 0) + 1 })
  }
  const [busiest] = [...pages.values()].toSorted((a, b) => b.n - a.n)
  if (!busiest) throw new Error('the trace holds no frame of the page')
  return busiest
}

/** @param {TraceEvent[]} events @param {TraceEvent} task */
const inside = (events, { ts, dur = 0 }) =>
  events.filter((event) => event.ts >= ts && event.ts < ts + dur && event.name !== 'RunTask')

/**
 * Microseconds by part. Time counts for the innermost part: a layout that a script asks for is layout.
 * @param {TraceEvent[]} events In order of their beginning.
 */
function partsOf(events) {
  /** @type {Record<string, number>} */
  const spent = { script: 0, layout: 0, paint: 0 }
  /** @type {{part: string, end: number}[]} */
  const open = []
  for (const { name, ts, dur = 0 } of events) {
    const part = Object.entries(PARTS).find(([, names]) => names.test(name))?.[0]
    if (!part) continue
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= ts) open.pop()
    const outer = open.at(-1)
    if (outer) spent[outer.part] = (spent[outer.part] ?? 0) - dur
    spent[part] = (spent[part] ?? 0) + dur
    open.push({ part, end: ts + dur })
  }
  return spent
}

/** @param {Record<string, number>} parts */
const told = (parts) =>
  Object.entries(parts)
    .map(([part, micros]) => `${part} ${ms(micros)} ms`)
    .join(', ')

/** @param {TraceEvent[]} events */
const sum = (events) => events.reduce((all, { dur = 0 }) => all + dur, 0)

/** @param {number} micros */
const ms = (micros) => Math.round(micros / 1000)
