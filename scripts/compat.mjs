import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { table } from './compat/table.mjs'
import { Talker } from './compat/talker.mjs'
import { Program, signIn } from './program.mjs'
import { wordsBehind } from './words.mjs'

/**
 * Real programs of others against the built server: `npm run compat`, or `npm run compat -- hubot` for some of them. They
 * have a lockfile of their own in `__tests__/compat/`, and are installed here alone. The exit code is 0 only if all is
 * well; 2 if nothing failed, but something could not be run.
 *
 * A case is a file of `__tests__/compat/cases/` and exports `packages`, whose versions are told; `options()` for our
 * server; and `run(world)`, which yields rows: what is tried, and whether it went well, or what throws if it does not.
 * `missing()` says how to install what npm does not have.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const compat = join(root, '__tests__', 'compat')
const names = readdirSync(join(compat, 'cases')).map((file) => file.replace(/\.mjs$/, ''))
const { positionals: wanted } = wordsBehind({
  usage: `npm run compat              all of them\nnpm run compat -- NAME …    ${names.join(', ')}\n`,
  allowPositionals: true,
})
const unknown = wanted.find((name) => !names.includes(name))
if (unknown !== undefined) throw new Error(`there is no case "${unknown}": ${names.join(', ')}`)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))
install()

/** @type {import('./compat/table.mjs').Row[]} */
const rows = []
for (const name of names.filter((one) => wanted.length === 0 || wanted.includes(one)))
  await tried(await import(join(compat, 'cases', `${name}.mjs`)))
console.log(`\n${table(rows)}`)
const how = new Set(rows.map((row) => row.how))
process.exitCode = how.has('failed') ? 1 : how.has('not run') ? 2 : 0

async function tried({ packages = [], version, options = async () => ({}), missing, run }) {
  const name = version?.() ?? packages.map((one) => `${one} ${versionOf(one)}`).join(', ')
  const tell = (what, how, why = '') => {
    rows.push({ program: name, what, how, why })
    console.log(`${how.padEnd(7)}  ${name}: ${what}${why && `  (${why})`}`)
  }
  const absent = missing?.()
  if (absent) return tell('all', 'not run', absent)
  const given = await options()
  const program = await Program.prepare(given)
  const ends = []
  try {
    await program.start({ within: 60_000 }) // whatever else the machine does
    for await (const [what, well] of run(worldOf(program, given, ends))) {
      try {
        const went = typeof well === 'function' ? await well() : well
        tell(what, went === false ? 'failed' : 'ok')
      } catch (error) {
        tell(what, 'failed', error.message)
      }
    }
  } catch (error) {
    tell('the rest', 'failed', error.message)
  } finally {
    for (const end of ends.toReversed()) await end()
    await program.remove()
  }
}

function worldOf(program, options, ends) {
  return {
    url: program.url,
    options,
    compat,
    /** What the command line answers. */
    command: (...words) => command(program, words),
    /** Somebody in the lobby. */
    person: async (person) => {
      const talker = await Talker.enters(program.url, await signIn(program.url, person))
      ends.push(() => talker.close())
      return talker
    },
    /** Called when the case is over. */
    atEnd: (end) => ends.push(end),
  }
}

function versionOf(name) {
  const { version } = JSON.parse(
    readFileSync(join(compat, 'node_modules', name, 'package.json'), 'utf8'),
  )
  return version
}

/** `npm ci`, if the lockfile is newer than what is there. */
function install() {
  const stamp = join(compat, 'node_modules', '.package-lock.json')
  const lock = join(compat, 'package-lock.json')
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: compat,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error('npm ci failed in __tests__/compat')
}

function command(program, words) {
  const cli = join(root, 'dist', 'cli.js')
  const args = [cli, ...words, '--json', '--data', dirname(program.database)]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}
