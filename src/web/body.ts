import readBody from 'raw-body'
import type { BodyFault } from '../gateways/call.js'
import type { Context } from './context.js'

/** How long a body may take to come, in milliseconds. */
const BODY_MS = 10_000

/**
 * Reads the body of a request that a program sent. What is not all read is not waited for: the connection closes behind the
 * answer.
 * @param limits `bytes` of it; `ms` that it may take, 10 s if not given.
 */
export async function readText(
  ctx: Pick<Context, 'req' | 'get' | 'set'>,
  { bytes, ms = BODY_MS }: { bytes: number; ms?: number | undefined },
): Promise<{ text: string } | { fault: BodyFault }> {
  const length = ctx.get('content-length') || null
  const body = readBody(ctx.req, { length, limit: bytes, encoding: 'utf8' }).then(
    (text) => ({ text }),
    (error: unknown): { fault: BodyFault } => ({ fault: isTooLarge(error) ? 'large' : 'broken' }),
  )
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<{ fault: 'slow' }>((resolve) => {
    timer = setTimeout(() => resolve({ fault: 'slow' }), ms)
  })
  const read = await Promise.race([body, late])
  clearTimeout(timer)
  if ('fault' in read) ctx.set('Connection', 'close')
  return read
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && error.type === 'entity.too.large'
