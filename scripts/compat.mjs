import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Talker } from './compat/talker.mjs'
import { Program } from './program.mjs'

/**
 * Real bots of others against the built server: `npm run compat`, or `npm run compat -- hubot` for one of them. They have
 * a lockfile of their own in `__tests__/compat/`, and are installed here alone. The exit code is 0 only if all is well.
 *
 * A case is a file of `__tests__/compat/cases/`: it exports `run(world)`, which returns or yields rows [what, whether it went well].
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const compat = join(root, '__tests__', 'compat')
const wanted = process.argv.slice(2)

install()
const names = readdirSync(join(compat, 'cases')).map((file) => file.replace(/\.mjs$/, ''))
let failed = 0
for (const name of names.filter((one) => wanted.length === 0 || wanted.includes(one))) {
  const { run, options } = await import(join(compat, 'cases', `${name}.mjs`))
  const program = await Program.prepare(options)
  const ends = []
  try {
    await program.start()
    const world = {
      url: program.url,
      compat,
      /** What the command line answers. */
      command: (...words) => command(program, words),
      /** Somebody in the lobby. */
      person: async (person) => {
        const talker = await Talker.enters(program.url, person)
        ends.push(() => talker.close())
        return talker
      },
      /** Called when the case is over. */
      atEnd: (end) => ends.push(end),
    }
    for await (const [what, well, more = ''] of run(world)) {
      if (!well) failed += 1
      console.log(
        `${well ? 'ok    ' : 'FAILED'}  ${name.padEnd(8)}  ${what}${more && `  (${more})`}`,
      )
    }
  } catch (error) {
    failed += 1
    console.log(`FAILED  ${name.padEnd(8)}  ${error.message}`)
  } finally {
    for (const end of ends.toReversed()) await end()
    await program.remove()
  }
}
process.exitCode = failed > 0 ? 1 : 0

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
