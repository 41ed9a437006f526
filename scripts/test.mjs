// npm test: everything that must hold before a push, the same as in CI. Words behind `npm test --` go to jest.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumPath, packages as chromium } from './chromium-path.mjs'
import { caddyPath, nginxPath, packages } from './proxy-paths.mjs'
import { build, checkNode, fail, install, must, npm, run } from './prepare.mjs'

checkNode()
await install()
await must(process.execPath, ['scripts/check-lock.mjs'])
await must(process.execPath, ['scripts/licences.mjs', '--check'])
await build()
await must(...npm('run', '--silent', 'typecheck'))
await must(...npm('run', '--silent', 'lint'))
// The browser of the page tests, with fonts for what pages show; the proxies of docs/samples.
const programs = await findAll({
  CHROMIUM: { pathOf: chromiumPath, names: chromium },
  NGINX: { pathOf: nginxPath, names: packages.nginx },
  CADDY: { pathOf: caddyPath, names: packages.caddy },
})

const folder = mkdtempSync(join(tmpdir(), 'chat-room-jest-'))
const outputFile = join(folder, 'result.json')
const code = await run(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--json',
    `--outputFile=${outputFile}`,
    ...process.argv.slice(2),
  ],
  { env: { ...process.env, ...programs } },
)
console.log(count(outputFile))
rmSync(folder, { recursive: true, force: true })
process.exit(code)

/** Programs that the tests need, by the variable that names each; on a bare Debian machine they are fetched. */
async function findAll(wanted) {
  const missing = Object.entries(wanted).filter(([variable, one]) => !isThere(variable, one))
  if (missing.length > 0) await fetchAll(missing)
  return Object.fromEntries(Object.entries(wanted).map(([name, { pathOf }]) => [name, pathOf()]))
}

function isThere(variable, { pathOf }) {
  const path = pathOf()
  if (path && !existsSync(path)) fail(`${variable} names ${path}, but there is no such file.`)
  return path !== undefined
}

async function fetchAll(missing) {
  const names = missing.flatMap(([, { names }]) => names)
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    const variables = missing.map(([variable]) => variable).join(', ')
    fail(`The tests need ${names.join(', ')}. Install it, or name its path: ${variables}.`)
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await must('apt-get', ['update', '-q'], { env })
  await must('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], { env })
}

/** A suite that could not even be read holds no failed test, and yet it failed. */
function count(file) {
  if (!existsSync(file)) return '0 passed, 1 failed'
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  return `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`
}
