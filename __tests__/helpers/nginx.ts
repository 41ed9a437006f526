import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach } from '@jest/globals'

/** nginx, as it stands in front of a server. */
export interface Proxy {
  https: number
  http: number
}

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step()
})

/**
 * Starts Debian's nginx with the sample of the documents: only its ports, its certificate and the port of the server are
 * others.
 * @throws {Error} there is no nginx, which must not pass for a test that was run.
 */
export async function nginx(serverPort: string): Promise<Proxy> {
  const program = process.env['NGINX'] || '/usr/sbin/nginx'
  if (!existsSync(program))
    throw new Error('there is no nginx here: apt-get install nginx-light, or name one in NGINX')
  const folder = mkdtempSync(join(tmpdir(), 'chat-room-nginx-'))
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  const [http, https] = [await freePort(), await freePort()]
  writeFileSync(join(folder, 'nginx.conf'), whole(sampleWith({ http, https, serverPort })))

  const child = spawn(program, ['-p', folder, '-e', 'stderr', '-c', 'nginx.conf'])
  let said = ''
  child.stderr.on('data', (data) => (said += String(data)))
  const ended = once(child, 'exit')
  undo.push(async () => {
    child.kill('SIGKILL')
    await ended
  })
  await Promise.race([
    listening(https),
    ended.then(() => Promise.reject(new Error(`nginx ended: ${said}`))),
  ])
  return { http, https }
}

function sampleWith({ http, https, serverPort }: Proxy & { serverPort: string }): string {
  const tls = resolve('__tests__/fixtures/tls')
  const changes: [string, string][] = [
    ['listen 80;', `listen 127.0.0.1:${http};`],
    ['listen 443 ', `listen 127.0.0.1:${https} `],
    ['127.0.0.1:8088', `127.0.0.1:${serverPort}`],
    ['/etc/letsencrypt/live/chat.example.com/fullchain.pem', join(tls, 'localhost.pem')],
    ['/etc/letsencrypt/live/chat.example.com/privkey.pem', join(tls, 'localhost.key')],
  ]
  return changes.reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`docs/samples/nginx.conf lacks ${from}`)
      return text.replace(`server ${from}`, `server ${to}`).replace(from, to)
    },
    readFileSync('docs/samples/nginx.conf', 'utf8'),
  )
}

/** What Debian's own nginx.conf has around its sites. */
const whole = (site: string): string => `
daemon off; master_process off; pid nginx.pid; worker_processes 1;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
${site}
}
`

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** It opens its ports before it answers on them, and says nothing about it. */
async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (open) return
  }
}
