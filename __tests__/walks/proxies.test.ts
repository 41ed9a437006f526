import { once } from 'node:events'
import { request as plainly, type IncomingMessage, type RequestOptions } from 'node:http'
import { request } from 'node:https'
import { expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { SUBPROTOCOL } from '../../src/protocol.js'
import { lobby } from '../helpers/lobby.js'
import { caddy, NAME, nginx } from '../helpers/proxies.js'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

test.each([
  ['nginx', nginx],
  ['Caddy', caddy],
])(
  'behind %s, by the sample: pages, WebSocket and cookies of the public name, the real address, no big bodies',
  async (_, stands) => {
    const config = { 'server.trust_proxy': ['127.0.0.1'], 'server.origins': [`https://${NAME}`], 'server.base_path': '/x' } // prettier-ignore
    const world = await lobby({ config })
    const { port } = new URL(world.url)
    const proxy = await stands(port)
    const browser = { host: '127.0.0.1', port: proxy.https, localAddress: '127.0.0.2' }
    const tls = { servername: NAME, rejectUnauthorized: false, agent: false }
    const headers = { ...form, host: NAME, origin: `https://${NAME}` }
    const post = { ...browser, ...tls, method: 'POST', path: '/x/signin' }

    const claim = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'http' }
    const signedIn = await asks(request, { ...post, headers: { ...headers, ...claim } }, 'name=ada')
    expect([signedIn.statusCode, signedIn.headers.location]).toEqual([303, '/x/'])
    const cookies = signedIn.headers['set-cookie'] ?? []
    for (const cookie of cookies) expect(cookie).toMatch(/^__Host-[^;]*; path=\/;.*secure/i)
    expect(addressIn(world.logged, 'signin')).toBe('127.0.0.2')

    const cookie = cookies.map((each) => each.split(';')[0]).join('; ')
    const opens = (origin: string) =>
      new WebSocket(`wss://127.0.0.1:${proxy.https}/x/chat`, [SUBPROTOCOL], {
        ...tls,
        headers: { host: NAME, cookie },
        origin,
      })
    const socket = opens(`https://${NAME}`)
    const [hello] = await once(socket, 'message')
    expect(JSON.parse(String(hello))).toMatchObject({ type: 'hello', user: { name: 'ada' } })
    const closed = once(socket, 'close')
    socket.close()
    await closed
    const [, foreign] = await once(opens('https://evil.example'), 'unexpected-response')
    expect(foreign.statusCode).toBe(403)

    const long = await asks(request, { ...post, path: '/x/nowhere', headers }, 'x'.repeat(12 * 1024 * 1024)) // prettier-ignore
    expect(long.statusCode).toBe(413)
    const moved = await asks(plainly, { ...browser, port: proxy.http, headers: { host: NAME }, path: '/x/' }) // prettier-ignore
    expect([301, 308]).toContain(moved.statusCode)
    expect(moved.headers.location).toBe(`https://${NAME}/x/`)

    // Past the proxy nobody is believed: neither the address, nor that it is https.
    const past = { host: '127.0.0.1', port, localAddress: '127.0.0.3', method: 'POST', path: '/x/signin' } // prettier-ignore
    const lies = { ...form, 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' }
    const direct = await asks(plainly, { ...past, headers: lies }, 'name=bob')
    expect(direct.headers['set-cookie']?.join()).not.toMatch(/__Host-|secure/i)
    expect(addressIn(world.logged, 'signin')).toBe('127.0.0.3')
  },
)

/** Who came last in such a line of the log, and from where. */
const addressIn = (logged: readonly string[], event: string): unknown =>
  logged.map((line) => JSON.parse(line)).findLast((line) => line.event === event)?.address

async function asks(
  ask: typeof request,
  options: RequestOptions,
  body?: string,
): Promise<IncomingMessage> {
  const asking = ask(options)
  asking.end(body)
  const [response] = await once(asking, 'response')
  response.resume()
  asking.on('error', () => undefined) // a body that nobody wants is cut
  return response
}
