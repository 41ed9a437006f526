import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** The load generator and the wall, once they are compiled. They lie where nothing is committed. */
export const wsload = here('node_modules/wsload')
export const wall = here('node_modules/wall')

/** Core of the server, core of the generator: they must not share one. */
export const SERVER_CORE = 0
export const LOAD_CORE = 1

/**
 * Takes this process off the server's core: whoever asks would else wait for the server, and it for them. What this
 * process starts afterwards says where it belongs.
 */
export function keepToLoadCore() {
  execFileSync('taskset', ['-acp', `${LOAD_CORE}`, `${process.pid}`], { stdio: 'ignore' })
}

/** @throws {Error} with the way out, when this machine cannot run the benchmark. */
export function checkMachine(clients) {
  if (process.platform !== 'linux')
    throw new Error('the benchmark needs Linux: epoll, taskset, /proc')
  if (cpus().length < 2)
    throw new Error('the benchmark needs two cores: one for the server, one for the load')
  checkFiles(clients)
}

/** @throws {Error} with the way out, when so many connections are more files than this shell may open. */
export function checkFiles(clients) {
  const files = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim()
  const needed = clients + 200
  if (files !== 'unlimited' && Number(files) < needed)
    throw new Error(
      `${clients} clients need ${needed} open files, the limit is ${files}: run \`ulimit -n 20000\` first`,
    )
}

/** Installs the peers and compiles what is in C, unless that was done for these very sources. */
export function setUp() {
  once('packages', ['package-lock.json'], () =>
    execFileSync('npm', ['ci', '--ignore-scripts'], {
      cwd: here('.'),
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  )
  once('programs', ['package-lock.json', 'wsload.c', 'peers/wall.c'], () => {
    execFileSync('gcc', ['-O2', '-o', wsload, here('wsload.c')], { stdio: 'inherit' })
    execFileSync('gcc', ['-O2', '-o', wall, here('peers/wall.c')], { stdio: 'inherit' })
  })
}

/** What `npm ci` clears away is made again: the stamps lie beside it. */
function once(what, sources, make) {
  const hash = createHash('sha256')
  for (const source of sources) hash.update(readFileSync(here(source)))
  const wanted = hash.digest('hex')
  const stamp = here(`node_modules/.chat-room-${what}`)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  make()
  writeFileSync(stamp, wanted)
}
