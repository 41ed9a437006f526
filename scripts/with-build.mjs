// Runs a script of this folder that wants the built server, once it is built from what stands here now:
// `node scripts/with-build.mjs bench --quick`.
import { fileURLToPath } from 'node:url'
import { build, install, run } from './prepare.mjs'

const [name, ...args] = process.argv.slice(2)
await install()
await build()
process.exitCode = await run(process.execPath, [
  fileURLToPath(new URL(`${name}.mjs`, import.meta.url)),
  ...args,
])
