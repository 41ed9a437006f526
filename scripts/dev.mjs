// npm run dev: builds, then serves and builds again whatever changes; pages show it when they are reloaded.
import { must, npm, root, run } from './prepare.mjs'

await must(...npm('run', '--silent', 'build'))

const env = { ...process.env, NODE_ENV: 'development' }
const node = (...args) => run(process.execPath, args, { cwd: root, env })
const compiler = 'node_modules/typescript/bin/tsc'
const codes = await Promise.all([
  node(compiler, '-p', 'tsconfig.json', '--watch', '--preserveWatchOutput'),
  node('scripts/bundle.mjs', '--watch'),
  node('--watch', 'dist/cli.js', '--config', 'config.ini'),
])
process.exit(Math.max(...codes))
