// npm start: installs and builds what is stale, then serves. Words behind `npm start --` go to the program.
import { build, checkNode, install, run } from './prepare.mjs'

checkNode()
await install()
await build()

const words = process.argv.slice(2)
const named = words.some((word) => /^--config(?:=|$)/.test(word)) || process.env.CHAT_ROOM_CONFIG
const config = named ? [] : ['--config', 'config.ini']
process.exit(
  await run(process.execPath, ['--enable-source-maps', 'dist/cli.js', ...config, ...words]),
)
