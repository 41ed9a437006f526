const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const

/** `500ms`, `10s`, `2m`, `12h`, `30d` or a bare `0` in milliseconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  const [, count, unit] = /^(\d+(?:\.\d+)?)\s*(ms|[smhd])$/.exec(text) ?? []
  const size = Object.entries(UNITS).find(([name]) => name === unit)?.[1]
  return count && size ? Math.round(Number(count) * size) : undefined
}

/** Milliseconds in the largest unit that fits without a rest: 120000 is `2m`, 0 is `0`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0'
  const [unit, size] = Object.entries(UNITS).find(([, size]) => ms % size === 0) ?? ['ms', 1]
  return `${ms / size}${unit}`
}
