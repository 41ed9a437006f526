import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Nobody who sits for a picture is to be told to wait. */
const unlimited = [
  'burst',
  'messages-per-minute',
  'signins-per-window',
  'connections-per-ip',
  'new-connections-per-window',
].flatMap((limit) => [`--limits-${limit}`, '0'])

/**
 * The built server with its data in a temporary folder.
 * @param {string[]} more Flags beside the limits.
 */
export async function openHouse(more) {
  const data = await mkdtemp(join(tmpdir(), 'chat-room-pictures-'))
  let server = await start(data, '0', more)
  const { url } = server
  return { data, url, whileAway, close }

  /** The server is gone for a while. @param {() => Promise<void>} meanwhile */
  async function whileAway(meanwhile) {
    await stop(server)
    await meanwhile()
    server = await start(data, new URL(url).port, more)
  }

  async function close() {
    await stop(server)
    await rm(data, { recursive: true, force: true })
  }
}

async function start(data, port, more) {
  if (!existsSync('dist/cli.js'))
    throw new Error('dist/cli.js is missing: run `npm run build` first')
  const flags = ['--host', '127.0.0.1', '--port', port, '--data', data, ...unlimited, ...more]
  const child = spawn(process.execPath, ['dist/cli.js', ...flags], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  // Read to the end: a server whose output nobody takes would stop at its next line.
  const address = await new Promise((resolve) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
      if (found) resolve(found[0])
    })
    child.once('exit', () => resolve(undefined))
  })
  if (address) return { child, url: address }
  throw new Error('the server did not start')
}

async function stop({ child }) {
  if (child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
