/** The parts of a streamed chat completion, as services send them. */

export const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8' }

export const event = (value) =>
  `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`

export const chunk = (delta, finish_reason = null) =>
  event({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason }],
  })

export const text = (content) => chunk({ content })
export const stop = (reason = 'stop') => chunk({}, reason)
export const DONE = event('[DONE]')

/** Sends a whole stream in one go. */
export function all(response, ...parts) {
  response.writeHead(200, HEADERS)
  response.end([...parts].join(''))
}

/** Sends the start of a stream and waits until it is on its way. */
export async function begin(response, ...parts) {
  if (!response.headersSent) response.writeHead(200, HEADERS)
  await new Promise((resolve) => response.write(parts.join(''), resolve))
}

export function refuse(response, status, headers = {}, message = 'refused') {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ error: { message, type: 'fake_error' } }))
}
