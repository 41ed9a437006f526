// npm test: everything that must hold before a push, the same as in CI. Words behind `npm test --` go to jest.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumPath, packages } from './chromium-path.mjs'
import { build, checkNode, fail, install, must, npm, run } from './prepare.mjs'

checkNode()
await install()
await must(process.execPath, ['scripts/check-lock.mjs'])
await build()
await must(...npm('run', '--silent', 'typecheck'))
await must(...npm('run', '--silent', 'lint'))
const chromium = await findChromium()

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
  { env: { ...process.env, CHROMIUM: chromium } },
)
console.log(count(outputFile))
rmSync(folder, { recursive: true, force: true })
process.exit(code)

/** The browser of the page tests; on a bare Debian machine it is fetched, with fonts for what pages show. */
async function findChromium() {
  const path = chromiumPath()
  if (path && existsSync(path)) return path

  if (path) fail(`CHROMIUM names ${path}, but there is no such file.`)
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    fail(
      `The tests need a browser. Install ${packages.join(', ')}, or name a Chromium in the variable CHROMIUM.`,
    )
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await must('apt-get', ['update', '-q'], { env })
  await must('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env })
  return chromiumPath()
}

/** A suite that could not even be read holds no failed test, and yet it failed. */
function count(file) {
  if (!existsSync(file)) return '0 passed, 1 failed'
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  return `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`
}
