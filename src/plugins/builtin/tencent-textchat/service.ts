import { setTimeout as pauseFor } from 'node:timers/promises'
import { ServiceFailure } from './failure.js'
import { request, type Asked, type RequestOptions } from './request.js'
import { meaningOf } from './returns.js'

export interface ServiceOptions extends RequestOptions {
  /** Before the second try, in milliseconds. */
  pause?: number
}

/** The answer; undefined where the service has none. */
export type Ask = (asked: Asked, signal: AbortSignal) => Promise<string | undefined>

/** Its limit is one of requests a second. */
const PAUSE_MS = 1_000
const ANSWER_CHARS = 4_000

/**
 * The service as one function. It asks a second time, after a pause, when there were too many requests.
 * @throws {ServiceFailure} from that function: the service did not do its part. Else the signal's reason.
 */
export function openService({ pause = PAUSE_MS, ...options }: ServiceOptions): Ask {
  return async function ask(asked, signal) {
    let reply = await request(asked, options, signal)
    if (meaningOf(reply.ret).kind === 'busy') {
      await pauseFor(pause, undefined, { signal })
      reply = await request(asked, options, signal)
    }
    const { kind, why, fault } = meaningOf(reply.ret)
    if (kind === 'nothing') return undefined
    if (kind !== 'answer') throw new ServiceFailure(why, { ret: reply.ret }, fault)
    return cut(reply.answer.trim()) || undefined
  }
}

function cut(answer: string): string {
  const characters = Array.from(answer)
  return characters.length > ANSWER_CHARS
    ? `${characters.slice(0, ANSWER_CHARS - 1).join('')}…`
    : answer
}
