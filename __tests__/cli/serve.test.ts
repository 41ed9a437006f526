import { expect, test } from '@jest/globals'
import { request } from 'node:http'
import { folder, run, start } from './program.js'

const HERE = ['--host', '127.0.0.1', '--port', '0']
const address = /http:\/\/127\.0\.0\.1:(\d+)\//

test('one command opens the room, says where, and a signal closes it', async () => {
  const cwd = folder()
  const room = start(HERE, { cwd })
  const [, port] = await room.line(address)

  expect(await statusOf(Number(port), '/readyz')).toBe(200)
  room.process.kill('SIGTERM')
  const { code, stdout, stderr } = await room.ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('since [server] host is 127.0.0.1')
})

test('a signal that comes twice in one breath still closes in order', async () => {
  const room = start(HERE)
  await room.line(/Ctrl\+C/)

  room.process.kill('SIGINT')
  room.process.kill('SIGINT')
  expect((await room.ended).code).toBe(0)
})

test('a busy port and a locked folder are a sentence each, and nothing starts', async () => {
  const cwd = folder()
  const room = start(HERE, { cwd })
  const [, port = ''] = await room.line(address)

  const busy = await run(['--host', '127.0.0.1', '--port', port])
  expect(busy).toMatchObject({ stdout: '', stderr: expect.stringContaining(port) })
  expect(busy.code).not.toBe(0)
  expect(busy.stderr.trim().split('\n')).toHaveLength(1)

  const locked = await run(HERE, { cwd })
  expect(locked).toMatchObject({ code: 75, stdout: '' })
  expect(locked.stderr).toContain(String(room.process.pid))
})

test('--qr draws a code where a terminal is not seen', async () => {
  const room = start(['--host', '::', '--port', '0', '--qr'])
  await room.line(/Ctrl\+C/)
  room.process.kill('SIGTERM')
  const { stdout } = await room.ended

  expect(stdout.includes('▀')).toBe(stdout.includes('on your network'))
})

const statusOf = (port: number, path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
