import { createParser } from 'eventsource-parser'
import { readChunk, type Chunk, type Finish } from './chunk.js'
import { Failure, failureOf } from './failure.js'
import { Patience } from './patience.js'
import { post, type Service } from './post.js'
import { Calls, type ToolCall } from './tools/calls.js'

/** Text and thoughts of one answer, and one event of the stream, may have this many UTF-16 units. */
const READ = 262_144
/** What goes over the line for them: each token comes in an envelope of some 300 bytes. */
const READ_BYTES = READ * 64

/** What is asked of a service, and how long it may take. */
export interface Ask {
  service: Service
  /** The request's body, but for `stream`. */
  body: object
  /** How long the service may take to its first byte, and between two, in milliseconds. */
  firstByte: number
  idle: number
  signal: AbortSignal
}

/** How an answer ended; its words were said already. */
export interface Completion {
  finish: Finish
  /** What it wants done by tools before it goes on. */
  calls?: ToolCall[]
  /** Tokens of question and answer, if the service counts them. */
  tokens?: number
}

/**
 * One request to a service that speaks OpenAI's chat completions, streamed.
 * @param say Takes the pieces of the answer; returns false when it wants no more.
 * @throws {Failure}
 */
export async function complete(ask: Ask, say: (text: string) => boolean): Promise<Completion> {
  const patience = new Patience(ask.signal)
  try {
    patience.wait(ask.firstByte, 'timeout')
    const response = await post(ask.service, { ...ask.body, stream: true }, patience.signal)
    const bytes = watched(response, () => patience.wait(ask.idle, 'idle'))
    return await (isJson(response) ? whole(bytes, say) : streamed(bytes, say))
  } catch (error) {
    if (patience.signal.aborted) throw failureOf(patience.signal)
    throw error instanceof Failure ? error : new Failure('network')
  } finally {
    patience.end()
  }
}

const isJson = ({ headers }: Response): boolean =>
  /\bjson\b/.test(headers.get('content-type') ?? '')

/** The bytes of an answer, each of them a sign of life. */
async function* watched(response: Response, alive: () => void): AsyncGenerator<Uint8Array> {
  let left = READ_BYTES
  for await (const bytes of response.body ?? []) {
    alive()
    left -= bytes.length
    if (left < 0) return
    yield bytes
  }
}

/** A service that does not stream sends all of it at once. */
async function whole(
  bytes: AsyncGenerator<Uint8Array>,
  say: (text: string) => boolean,
): Promise<Completion> {
  const decoder = new TextDecoder()
  let json = ''
  for await (const some of bytes) {
    json += decoder.decode(some, { stream: true })
    if (json.length > READ) throw new Failure('server')
  }
  const { text, calls: pieces, finish = 'stop', tokens } = readChunk(json)
  const calls = new Calls()
  calls.hear(pieces)
  say(text)
  return completion(finish, calls, tokens)
}

async function streamed(
  bytes: AsyncGenerator<Uint8Array>,
  say: (text: string) => boolean,
): Promise<Completion> {
  let finish: Finish | undefined
  let tokens: number | undefined
  let read = 0
  const calls = new Calls()
  for await (const chunk of chunksOf(bytes)) {
    finish ??= chunk.finish
    tokens = chunk.tokens ?? tokens
    calls.hear(chunk.calls)
    const wished = chunk.calls.reduce(
      (sum, { args, name = '' }) => sum + args.length + name.length,
      0,
    )
    read += chunk.text.length + chunk.thinking + wished
    const more = chunk.text === '' || say(chunk.text)
    if (read > READ) finish = 'length'
    if (!more) finish ??= 'stop'
    if (!more || read > READ) break
  }
  if (finish === undefined) throw new Failure('truncated')
  return completion(finish, calls, tokens)
}

function completion(finish: Finish, calls: Calls, tokens: number | undefined): Completion {
  // Of a wish that was cut off nobody knows the rest.
  const wishes = finish === 'stop' ? calls.all() : []
  return {
    finish,
    ...(wishes.length > 0 && { calls: wishes }),
    ...(tokens !== undefined && { tokens }),
  }
}

/** Until `[DONE]`, which counts as the end if nothing else said so. */
async function* chunksOf(bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Chunk> {
  const decoder = new TextDecoder()
  const events: string[] = []
  let tooLong = false
  const parser = createParser({
    maxBufferSize: READ,
    onEvent: ({ data }) => events.push(data),
    onError: ({ type }) => {
      tooLong ||= type === 'max-buffer-size-exceeded'
    },
  })
  for await (const some of bytes) {
    parser.feed(decoder.decode(some, { stream: true }))
    for (const data of events.splice(0)) {
      if (data === '[DONE]') return yield { text: '', thinking: 0, calls: [], finish: 'stop' }
      yield readChunk(data)
    }
    if (tooLong) throw new Failure('server')
  }
}
