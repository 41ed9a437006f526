import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { scenarios } from './scenarios.mjs'

/**
 * A local service that speaks OpenAI's chat completions and fails as asked: by `scenario`, or else by the
 * name of the model in the request. It keeps the requests it got, and waits where a scenario says so until
 * `release()`.
 */
export async function fakeOpenAI({ scenario, port = 0 } = {}) {
  const requests = []
  const gates = []
  const waiting = []
  let released = 0

  /** @param {Promise<unknown>} gone Who asked is there no more: nobody waits for a release then. */
  const hold = (gone) =>
    new Promise((resolve) => {
      if (released > 0) {
        released -= 1
        resolve()
      } else {
        gates.push(resolve)
        void gone.then(() => gates.includes(resolve) && gates.splice(gates.indexOf(resolve), 1))
      }
    })

  const serve = async (request, response) => {
    try {
      const body = await json(request)
      const gone = once(response, 'close')
      requests.push({ path: request.url, headers: request.headers, body, gone })
      for (const tell of waiting.splice(0)) tell()
      const play = scenarios[scenario ?? body.model] ?? scenarios.unknown
      await play({ request, response, body, hold: () => hold(gone), tries: requests.length })
    } catch {
      response.destroy() // not JSON, or the other side is gone
    }
  }
  const server = createServer((request, response) => void serve(request, response))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    requests,
    /** Lets one waiting scenario go on; or the next that waits. */
    release() {
      const gate = gates.shift()
      if (gate) gate()
      else released += 1
    },
    /** Resolves with the request of this number, from 0, once it is there. */
    async request(index = 0) {
      while (requests.length <= index) await new Promise((resolve) => waiting.push(resolve))
      return requests[index]
    },
    async close() {
      if (!server.listening) return
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
