import { readFileSync } from 'node:fs'
import { z } from 'zod'

const step = z.object({ dir: z.string(), o: z.unknown() })

/** One thing that happened between a bot's program and a server, caught once: who told whom, and what. */
export type Step = z.output<typeof step>

/** What real programs and a server that played ours said to each other. */
export const sessionOf = (name: string): Step[] =>
  readFileSync(new URL(`captured/sessions/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => step.parse(JSON.parse(line)))
