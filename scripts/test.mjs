// npm test: everything that must hold before a push, the same as in CI. Words behind `npm test --` go to jest.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumPath, packages } from './chromium-path.mjs'
import { nginxPath, packages as nginxPackages } from './nginx-path.mjs'
import { build, checkNode, fail, install, must, npm, run } from './prepare.mjs'

checkNode()
await install()
await must(process.execPath, ['scripts/check-lock.mjs'])
await must(process.execPath, ['scripts/licences.mjs', '--check'])
await build()
await must(...npm('run', '--silent', 'typecheck'))
await must(...npm('run', '--silent', 'lint'))
const chromium = await findChromium()
const nginx = await findNginx()

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
  { env: { ...process.env, CHROMIUM: chromium, NGINX: nginx } },
)
console.log(count(outputFile))
rmSync(folder, { recursive: true, force: true })
process.exit(code)

/** The browser of the page tests, with fonts for what pages show. */
function findChromium() {
  return found('CHROMIUM', chromiumPath, packages)
}

/** The proxy in front, for the test of the sample in docs/samples. */
function findNginx() {
  return found('NGINX', nginxPath, nginxPackages)
}

/** A program that the tests need; on a bare Debian machine it is fetched. */
async function found(variable, pathOf, names) {
  const path = pathOf()
  if (path && existsSync(path)) return path

  if (path) fail(`${variable} names ${path}, but there is no such file.`)
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    fail(
      `The tests need ${names.join(', ')}. Install it, or name its path in the variable ${variable}.`,
    )
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await must('apt-get', ['update', '-q'], { env })
  await must('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], { env })
  return pathOf()
}

/** A suite that could not even be read holds no failed test, and yet it failed. */
function count(file) {
  if (!existsSync(file)) return '0 passed, 1 failed'
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  return `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`
}
