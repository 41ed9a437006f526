import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { z } from 'zod'

const docs = new URL('../../docs/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, docs), 'utf8')
const files = readdirSync(new URL('figures/', docs)).filter((name) => name.endsWith('.json'))

const count = z.number().nonnegative()
const load = z.object({
  target: z.string(),
  round: count,
  result: z.object({
    deliveries_per_cpu_s: count,
    lat_us: z.object({ p50: count, p99: count }),
    server_busy: count,
    complete: z.boolean(),
  }),
})
/** What every part of `npm run bench` keeps with `--json`. */
const results = z.object({
  machine: z.object({ node: z.string(), cores: count, cpu: z.string() }),
  took: count,
  day: z.iso.date(),
  text: z.string(),
  ran: z.string(),
  loads: z.array(load).nonempty().optional(),
})

test.each(files)('%s says what was measured, on what, and the page shows it', (name) => {
  const { text, day } = results.parse(JSON.parse(read(`figures/${name}`)))
  const page = read('PERFORMANCE.md')
  expect(page).toContain(text)
  expect(page).toContain(day)
})
