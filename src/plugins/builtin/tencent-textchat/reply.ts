import { ServiceFailure } from './failure.js'

/** What the service said. */
export interface Reply {
  /** Its return code; see `meaningOf`. */
  readonly ret: number
  /** Empty unless `ret` is 0. */
  readonly answer: string
}

/** An answer is a sentence; whoever sends more than this is not the service. */
const BODY_BYTES = 256 * 1024

/**
 * Reads the body of a response, no further than 256 KiB.
 * @throws {ServiceFailure} when it is longer, or not what the service would say.
 */
export async function readReply(response: Response): Promise<Reply> {
  const reply = parsed(await readText(response))
  if (!isObject(reply) || typeof reply.ret !== 'number' || !Number.isInteger(reply.ret))
    throw new ServiceFailure('the answer has no return code')
  if (reply.ret !== 0) return { ret: reply.ret, answer: '' }
  if (!isObject(reply.data) || typeof reply.data.answer !== 'string')
    throw new ServiceFailure('the answer has no text')
  return { ret: 0, answer: reply.data.answer }
}

async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > BODY_BYTES) throw new ServiceFailure('the answer is longer than 256 KiB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ServiceFailure('the answer is not JSON') // the parser's own words quote the text
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
