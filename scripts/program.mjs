import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const meter = new URL('./faults/meter.mjs', import.meta.url).href

/** A bot that keeps silent. */
export const quietBird = `[bot:bird]
use = offline
hear = mention
`

/** For loads that one machine makes. */
const noLimits = `signins_per_window = 0
new_connections_per_window = 0
connections_per_ip = 0
connections_per_session = 0
messages_per_minute = 0
burst = 0
joins_per_minute = 0
searches_per_minute = 0`

const config = ({ rooms, limits, bots, tls }) => `[server]
host = 127.0.0.1
${tls ? `tls_cert = ${tls.cert}\ntls_key = ${tls.key}\n` : ''}[rooms]
${rooms.map((room) => `names[] = ${room}`).join('\n')}
[limits]
${limits}
${bots}`

/**
 * The built server as a process of its own, with its data in a temporary folder, on a port of its own that
 * it keeps over restarts. Faults and benchmarks run against it; nothing of src/ is imported.
 */
export class Program {
  #child
  #folder
  #under = []
  #env = {}
  #flags = []
  #metered
  /** Its last words, to be shown when something went wrong. */
  output = ''

  /**
   * @param {{ cpu?: number, rooms?: string[], limits?: string, bots?: string, files?: Record<string, string> }} options
   * `cpu`: the core to pin it to; `rooms`: there from the start, beside the lobby; `limits`: lines of that section,
   * in place of none at all; `bots`: sections in place of a bird that keeps silent; `files`: beside the configuration,
   * by name; `metered`: it can tell its memory; `node`: flags for Node; `under`: a command in front of its own; `env`:
   * more variables; `tls`: it speaks https with these files.
   */
  static async prepare({
    cpu,
    rooms = [],
    limits = noLimits,
    bots = quietBird,
    files = {},
    metered,
    node = [],
    under = [],
    env = {},
    tls,
  } = {}) {
    if (!existsSync(cli)) throw new Error('dist/cli.js is missing: run `npm run build` first')
    const program = new Program()
    program.#under = cpu === undefined ? under : ['taskset', '-c', `${cpu}`, ...under]
    program.#env = env
    program.#flags = [...node, ...(metered ? ['--expose-gc', '--import', meter] : [])]
    program.#metered = metered
    program.#folder = await mkdtemp(join(tmpdir(), 'chat-room-run-'))
    program.port = await freePort()
    program.url = `${tls ? 'https' : 'http'}://127.0.0.1:${program.port}`
    await writeFile(program.#configFile, config({ rooms, limits, bots, tls }), { mode: 0o600 })
    for (const [name, text] of Object.entries(files)) await program.save(name, text)
    return program
  }

  /** A file beside the configuration. */
  async save(name, text) {
    const file = join(this.#folder, name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }

  get pid() {
    return this.#child?.pid
  }

  get database() {
    return join(this.#folder, 'data', 'chat-room.db')
  }

  get #configFile() {
    return join(this.#folder, 'config.ini')
  }

  /** Starts it; resolves with the milliseconds until /readyz said 200. */
  async start({ within = 15_000 } = {}) {
    const begun = performance.now()
    const child = this.#spawn(this.#under)
    while (!(await isReady(this.url))) {
      if (child.exitCode !== null) throw new Error(`the server ended at start:\n${this.output}`)
      if (performance.now() - begun > within)
        throw new Error(`the server was not ready within ${within} ms:\n${this.output}`)
      await wait(5)
    }
    return performance.now() - begun
  }

  /** Starts it where it cannot: how it ended, after how many milliseconds, and what it said. */
  async ends({ under = this.#under } = {}) {
    const begun = performance.now()
    this.output = ''
    const [code] = await once(this.#spawn(under), 'close')
    const lines = this.output.trim().split('\n')
    return { code, ms: performance.now() - begun, lines }
  }

  #spawn(under) {
    const program = [process.execPath, ...this.#flags, cli]
    const command = [...program, '--config', this.#configFile, '--port', `${this.port}`]
    const [name, ...args] = [...under, ...command]
    const channel = this.#metered ? ['ipc'] : []
    const child = spawn(name, args, {
      stdio: ['ignore', 'pipe', 'pipe', ...channel],
      env: { ...process.env, ...this.#env },
    })
    this.#child = child
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => (this.output = (this.output + data).slice(-10_000)))
    return child
  }

  /** Whether it has ended by itself. */
  get gone() {
    return this.#child.exitCode !== null
  }

  /** What it takes once its garbage is swept up, in bytes: `resident` in all, `kept` by its own thread. */
  memory() {
    return this.#told('memory')
  }

  /** What its own thread has in V8's old generation, in bytes, whether it is alive or garbage. */
  oldGeneration() {
    return this.#told('old generation')
  }

  async #told(what) {
    const answered = once(this.#child, 'message')
    this.#child.send(what)
    const [told] = await answered
    return told
  }

  /** What it takes as it stands, in MiB. */
  async residentMib() {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
  }

  /** `kill -9`: no chance to say goodbye. */
  async kill() {
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }

  /** Resolves with the exit code when it ends by itself. @throws {Error} after `within` ms. */
  async ended(within) {
    if (this.#child.exitCode !== null) return this.#child.exitCode
    const [code] = await once(this.#child, 'exit', { signal: AbortSignal.timeout(within) })
    return code
  }

  /** SIGTERM; resolves with the exit code. */
  async stop() {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    const stubborn = setTimeout(() => this.#child.kill('SIGKILL'), 40_000)
    const [code] = await gone
    clearTimeout(stubborn)
    return code
  }

  async remove() {
    await this.stop()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/** Signs in by POST; resolves with the user and the cookie that a browser would send back. */
export async function signIn(url, name, imgid = 0) {
  const response = await fetch(`${url}/signin`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ name, imgid }),
  })
  if (response.status !== 200)
    throw new Error(`${name} may not sign in: ${response.status} ${await response.text()}`)
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
  const { user } = await response.json()
  return { user, cookie }
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

async function isReady(url) {
  try {
    const { status, body } = await fetch(`${url}/readyz`)
    await body?.cancel()
    return status === 200
  } catch {
    return false
  }
}
