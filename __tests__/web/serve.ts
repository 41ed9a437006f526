import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { afterEach } from '@jest/globals'
import { createLog } from '../../src/log.js'
import { createWeb } from '../../src/web/app.js'
import type { WebNeeds } from '../../src/web/needs.js'
import { openPeople } from '../people/open-people.js'
import { later, tidy } from '../helpers/tidy.js'

afterEach(tidy)

export const secrets = ['first-secret-of-at-least-32-bytes!', 'older-secret-of-at-least-32-bytes!']

export interface ServeOptions extends Partial<Omit<WebNeeds, 'visits'>> {
  visits?: Partial<WebNeeds['visits']>
  server?: Partial<WebNeeds['config']['server']>
  limits?: Partial<WebNeeds['config']['limits']>
}

/** The pages on a port of their own, with a lobby and a room 猫 that only Ada may see. */
export async function serve({
  server = {},
  limits = {},
  visits = {},
  ...needs
}: ServeOptions = {}) {
  const { people, ended } = await openPeople({ reserved: ['小小鸟'] })
  const web = createWeb({
    config: {
      server: {
        host: '127.0.0.1',
        title: '',
        language: 'auto',
        origins: [],
        trust_proxy: [],
        base_path: '',
        metrics_token: '',
        plain: false,
        ...server,
      },
      session: { ttl: 30 * 86_400_000 },
      limits: { signins_per_window: 0, new_connections_per_window: 0, ...limits },
    },
    hook: () => undefined,
    satori: async () => ({ status: 401, body: {} }),
    tokens: {
      check: () => undefined,
      list: () => [],
      make: async () => ({ refused: 'many', limit: 0 }),
      revoke: async () => undefined,
    },
    ask: async () => undefined,
    people,
    secrets,
    serverId: 'abcdef0123456789',
    log: createLog('silent'),
    nickname: async (lang) => (lang === 'en' ? 'Merry Otter' : '欧阳明远'),
    lobby: {
      title: (lang) => (lang === 'en' ? 'Lobby' : '大厅'),
      members: () => [{ id: 0, name: '小小鸟', imageid: 'bot', kind: 'bot' }],
    },
    bannedMs: () => 0,
    claimHost: async () => false,
    visits: {
      room: async (name, { visitor }) =>
        name === 'lobby' || (name === '猫' && visitor.user.name === 'Ada')
          ? { access: 'in', name, title: name }
          : undefined,
      unlock: async () => 'closed',
      keptOutMs: () => 0,
      make: async () => undefined,
      knock: async () => {},
      invited: async () => undefined,
      invitation: async () => undefined,
      list: async () => [{ name: 'lobby', title: 'Lobby', kind: 'room', last: 0 }],
      ...visits,
    },
    ready: () => ({ ready: true, reasons: [] }),
    metrics: async () => 'chat_room_up 1\n',
    version: '0.1.0',
    ...needs,
  })
  const answer = web.app.callback()
  const http = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  later(() => new Promise((resolve) => http.close(resolve).closeAllConnections()))
  const address = http.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { ...web, people, ended, port, http, browser: () => browser(port) }
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  cookies: string[]
}

export interface Ask {
  method?: string
  headers?: Record<string, string>
  /** An object is sent as JSON, a string as a form. */
  body?: object | string
}

/** Something that asks and keeps cookies, as a browser does. */
export function browser(port: number) {
  const jar = new Map<string, string>()

  async function ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}) {
    const answer = await send(port, path, {
      method,
      headers: { ...(jar.size > 0 && { cookie: cookieHeader(jar) }), ...headers },
      ...(body !== undefined && { body }),
    })
    keep(jar, answer.cookies)
    return answer
  }
  const get = (path: string, headers?: Record<string, string>) => ask(path, headers && { headers })
  const post = (path: string, body: object | string = '', headers?: Record<string, string>) =>
    ask(path, { method: 'POST', body, ...(headers && { headers }) })
  return {
    jar,
    ask,
    get,
    post,
    signIn: (name: string) => post('/signin', { name, imgid: 3 }, { accept: 'application/json' }),
  }
}

const cookieHeader = (jar: Map<string, string>) =>
  [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

function keep(jar: Map<string, string>, cookies: string[]): void {
  for (const cookie of cookies) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    if (!/expires=Thu, 01 Jan 1970/i.test(cookie)) jar.set(name, value)
    else jar.delete(name)
  }
}

function send(port: number, path: string, { method, headers, body }: Ask): Promise<Answer> {
  const json = typeof body === 'object'
  const type = json ? 'application/json' : 'application/x-www-form-urlencoded'
  const content = json ? JSON.stringify(body) : body
  return new Promise((resolve, reject) => {
    const asking = request({
      host: '127.0.0.1',
      port,
      path,
      ...(method && { method }),
      agent: false,
      headers: {
        ...(content !== undefined && { 'content-type': type, 'content-length': Buffer.byteLength(content) }), // prettier-ignore
        ...headers,
      },
    })
    asking.on('response', (response) => void read(response).then(resolve, reject))
    asking.on('error', reject)
    asking.end(content)
  })
}

async function read(response: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = []
  for await (const part of response) parts.push(Buffer.from(part))
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(parts).toString('utf8'),
    cookies: response.headers['set-cookie'] ?? [],
  }
}
