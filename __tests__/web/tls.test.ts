import { copyFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'node:https'
import { connect } from 'node:tls'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { pino } from 'pino'
import { loadConfig } from '../../src/config.js'
import { httpServer, takeRenewed } from '../../src/listen.js'
import { createLog } from '../../src/log.js'
import { startServer } from '../../src/server.js'
import { folder } from '../cli/program.js'
import { later, tidy } from '../helpers/tidy.js'

afterEach(tidy)

/** Puts a key, then its certificate, where the server reads them. */
function put(cwd: string, name: string, files: readonly ('key' | 'pem')[] = ['key', 'pem']): void {
  for (const end of files) {
    const to = join(cwd, end === 'key' ? 'key.pem' : 'cert.pem')
    copyFileSync(join('__tests__/fixtures/tls', `${name}.${end}`), `${to}.new`)
    renameSync(`${to}.new`, to)
  }
}

/** The name in the certificate that whoever connects is shown. */
async function shown(port: number): Promise<unknown> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { subject } = socket.getPeerCertificate()
  socket.destroy()
  return subject.CN
}

test('a renewed certificate is taken up while the server runs, and one that is half written is not', async () => {
  const cwd = folder()
  put(cwd, 'localhost')
  const flags = { 'tls-cert': ['cert.pem'], 'tls-key': ['key.pem'] }
  const { server: settings } = loadConfig({ flags, env: {}, cwd }).config
  const server = httpServer(settings, (_, response) => response.end())
  let wake: (line: string) => void = () => undefined
  const logs = () => new Promise<string>((resolve) => (wake = resolve))
  const log = pino({ base: null }, { write: (line: string) => wake(line) })
  later(() => server.close())
  later(takeRenewed(server, settings, log, 10))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo

  expect(await shown(port)).toBe('localhost')
  let said = logs()
  put(cwd, 'renewed', ['pem'])
  expect(await said).toContain('the one before stays')
  expect(await shown(port)).toBe('localhost')
  said = logs()
  put(cwd, 'renewed', ['key'])
  while (!(await said).includes('is in use')) said = logs()
  expect(await shown(port)).toBe('renewed.example')
})

test('over https the server serves with __Host- cookies that are Secure, and HSTS', async () => {
  const cwd = folder()
  put(cwd, 'localhost')
  const flags = {
    'tls-cert': ['cert.pem'],
    'tls-key': ['key.pem'],
    port: ['0'],
    host: ['127.0.0.1'],
  }
  const { config } = loadConfig({ flags, env: {}, cwd })
  const server = await startServer(config, { log: createLog('silent') })
  later(() => server.close())
  const { port } = server
  const body = 'name=Ada'
  const asking = request({
    port,
    path: '/signin',
    method: 'POST',
    rejectUnauthorized: false,
    agent: false,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length },
  })
  asking.end(body)
  const [{ statusCode, headers }] = await once(asking, 'response')
  expect(statusCode).toBe(303)
  expect(headers['strict-transport-security']).toMatch(/^max-age=/)
  const cookies: string[] = headers['set-cookie'] ?? []
  expect(cookies.length).toBeGreaterThan(0)
  for (const cookie of cookies) expect(cookie).toMatch(/^__Host-.*; path=\/;.*secure/i)
})
