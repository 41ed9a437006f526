// What `npm start` and `npm test` do first, on a fresh clone and later. Only node: modules may be used here,
// since nothing is installed yet.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** Ends with one sentence when this Node cannot run the program. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 9) || major > 22
  if (!fits) {
    fail(
      `chat-room needs Node 20.19, 22.9 or newer, and this is ${process.versions.node}. Get one at https://nodejs.org`,
    )
  }
}

/** Installs what package-lock.json lists, unless exactly that was installed before. */
export async function install() {
  const stamp = join(root, 'node_modules', '.chat-room-lock')
  const wanted = hashOf(['package-lock.json'])
  if (readOr(stamp, '') === wanted) return

  console.log('安装依赖，只在第一次……\nInstalling, the first time only …')
  // NODE_ENV=production would leave out the compiler.
  await must(...npm('ci', '--include=dev'))
  writeFileSync(stamp, wanted)
}

/** Compiles src/ and bundles what static/ holds for the pages when they changed since the last build, or something else built since. */
export async function build() {
  const stamp = join(root, 'dist', '.built')
  const program = join(root, 'dist', 'cli.js')
  const made = [
    'package-lock.json',
    'package.json',
    'tsconfig.json',
    'scripts/bundle.mjs',
    'scripts/native.mjs',
  ]
  const wanted = hashOf([...made, ...filesIn('src'), ...filesIn('static')])
  if (readOr(stamp, '') === wanted && changedAt(program) <= changedAt(stamp)) return

  console.log('编译……\nBuilding …')
  await must(...npm('run', '--silent', 'build'))
  chmodSync(program, 0o755)
  writeFileSync(stamp, wanted)
}

/** How often a program looks whether the one that started it is still there, in milliseconds. */
const ORPHAN_MS = 500

/**
 * Runs a program in the project's folder, hands signals on to it, and waits for its end.
 * @returns {Promise<number>} Its exit code; 128 + the signal's number if a signal ended it.
 */
export function run(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
  const forward = Object.fromEntries(
    ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, () => child.kill(signal)]),
  )
  for (const [signal, hand] of Object.entries(forward)) process.on(signal, hand)
  // Who ends npm with a signal ends its shell, and the shell tells nobody: then its work is to end as well.
  const parent = process.ppid
  const orphaned = setInterval(() => process.ppid === parent || child.kill('SIGTERM'), ORPHAN_MS)
  return new Promise((resolve) => {
    child.on('error', (error) => fail(`${command} cannot be run: ${error.message}`))
    child.on('exit', (code, signal) => {
      clearInterval(orphaned)
      for (const [name, hand] of Object.entries(forward)) process.off(name, hand)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}

/** Runs a program that the next step stands on: its failure is the end, with its exit code. */
export async function must(command, args, options) {
  const code = await run(command, args, options)
  if (code !== 0) process.exit(code)
}

/** Tells what is missing, and ends. */
export function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

/** How to call npm: the one that called us, so that it is found on every system. */
export function npm(...args) {
  const script = process.env.npm_execpath
  if (/npm-cli\.[cm]?js$/.test(script ?? '')) return [process.execPath, [script, ...args]]
  return ['npm', args, { shell: process.platform === 'win32' }]
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .toSorted()
}

function readOr(file, otherwise) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return otherwise
  }
}

const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity
