import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { connect } from 'node:tls'
import { afterEach } from '@jest/globals'
import { later, tidy } from './tidy.js'

/** By what name the samples are reached. */
export const NAME = 'chat.example.com'

/** What stands in front of a server. */
export interface Proxy {
  https: number
  http: number
}

afterEach(tidy)

/**
 * Starts Debian's nginx with the sample of the documents: only its ports, its certificate and the port of the server are
 * others.
 * @throws {Error} there is no nginx, which must not pass for a test that was run.
 */
export async function nginx(serverPort: string): Promise<Proxy> {
  const program = there(process.env['NGINX'] || '/usr/sbin/nginx', 'nginx-light', 'NGINX')
  const [http, https] = [await freePort(), await freePort()]
  const folder = folderWith('nginx.conf', whole(sampleWith({ http, https, serverPort })))
  await starts(program, ['-p', folder, '-e', 'stderr', '-c', 'nginx.conf'], folder, https)
  return { http, https }
}

/**
 * Starts Debian's Caddy with the sample of the documents: only its ports and the port of the server are others, and it is
 * its own authority for the certificate, since nobody gives one for the sample's name.
 * @throws {Error} there is no Caddy.
 */
export async function caddy(serverPort: string): Promise<Proxy> {
  const program = there(process.env['CADDY'] || '/usr/bin/caddy', 'caddy', 'CADDY')
  const [http, https] = [await freePort(), await freePort()]
  const own = `{
  admin off
  default_bind 127.0.0.1
  http_port ${http}
  https_port ${https}
  local_certs
  skip_install_trust
}
`
  const sample = changed('Caddyfile', [['127.0.0.1:8088', `127.0.0.1:${serverPort}`]])
  const folder = folderWith('Caddyfile', own + sample)
  await starts(program, ['run', '--config', 'Caddyfile'], folder, https)
  return { http, https }
}

function there(program: string, name: string, variable: string): string {
  if (existsSync(program)) return program
  throw new Error(`there is no ${program}: apt-get install ${name}, or name one in ${variable}`)
}

function folderWith(file: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'chat-room-proxy-'))
  later(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, file), text)
  return folder
}

/** Starts a proxy that keeps all it has in a folder, and waits for its port. */
async function starts(program: string, args: readonly string[], cwd: string, port: number) {
  const env = { ...process.env, HOME: cwd, XDG_DATA_HOME: cwd, XDG_CONFIG_HOME: cwd }
  const child = spawn(program, args, { cwd, env })
  let said = ''
  child.stderr.on('data', (data) => (said += String(data)))
  const ended = once(child, 'exit')
  later(async () => {
    child.kill('SIGKILL')
    await ended
  })
  await Promise.race([
    listening(port),
    ended.then(() => Promise.reject(new Error(`${program} ended: ${said}`))),
  ])
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
  return changed('nginx.conf', changes)
}

/** A sample of the documents with other words in the place of some of its own. */
const changed = (file: string, changes: readonly (readonly [from: string, to: string])[]): string =>
  changes.reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`docs/samples/${file} lacks ${from}`)
      return text.replace(`server ${from}`, `server ${to}`).replace(from, to)
    },
    readFileSync(`docs/samples/${file}`, 'utf8'),
  )

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

/** A proxy opens its ports before it answers on them, and Caddy before it has a certificate; neither says so. */
async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect({ port, host: '127.0.0.1', servername: NAME, rejectUnauthorized: false })
    const open = await once(socket, 'secureConnect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (open) return
  }
}
