import { z } from 'zod'
import { Failure } from './failure.js'
import type { CallPiece } from './tools/calls.js'

/** How the model came to its end: by itself, at its longest, or withheld by its service. */
export type Finish = 'stop' | 'length' | 'content_filter'

/** What one event of a stream, or a whole answer, brings. */
export interface Chunk {
  text: string
  /** What it thinks aloud, in UTF-16 units: nobody reads it. */
  thinking: number
  /** Pieces of its wishes to use tools. */
  calls: CallPiece[]
  finish?: Finish
  /** Tokens of question and answer together. */
  tokens?: number
}

/** Some services send arguments as an object and not as its text. */
const call = z.object({
  index: z.int().nullish(),
  id: z.string().nullish(),
  function: z
    .object({
      name: z.string().nullish(),
      arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
    })
    .nullish(),
})

/** The parts of a chat completion that matter here; services add what they like. */
const part = z
  .object({
    content: z.string().nullish(),
    reasoning_content: z.string().nullish(),
    reasoning: z.string().nullish(),
    tool_calls: z.array(call).nullish(),
  })
  .nullish()
const completion = z.object({
  error: z.unknown().optional(),
  choices: z
    .array(z.object({ delta: part, message: part, finish_reason: z.string().nullish() }))
    .nullish(),
  usage: z.object({ total_tokens: z.number() }).nullish(),
})

/** Reads one JSON text of the service. @throws {Failure} `server` when it is none, or tells an error. */
export function readChunk(json: string): Chunk {
  const parsed = completion.safeParse(parse(json))
  if (!parsed.success || (parsed.data.error ?? null) !== null) throw new Failure('server')
  const { choices, usage } = parsed.data
  const [choice] = choices ?? []
  const said = choice?.delta ?? choice?.message
  return {
    text: said?.content ?? '',
    thinking: (said?.reasoning_content ?? said?.reasoning ?? '').length,
    calls: (said?.tool_calls ?? []).map(pieceOf),
    ...(choice?.finish_reason && { finish: finishOf(choice.finish_reason) }),
    ...(usage && { tokens: usage.total_tokens }),
  }
}

function pieceOf({ index, id, function: wanted }: z.infer<typeof call>): CallPiece {
  const { name, arguments: args } = wanted ?? {}
  const text = typeof args === 'object' && args !== null ? JSON.stringify(args) : (args ?? '')
  return { index: index ?? undefined, id: id ?? undefined, name: name ?? undefined, args: text }
}

const finishOf = (reason: string): Finish =>
  reason === 'length' || reason === 'content_filter' ? reason : 'stop'

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
