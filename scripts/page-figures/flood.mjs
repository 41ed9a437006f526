import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { lines, people } from '../seed-world-lines.mjs'
import { signIn } from '../program.mjs'
import { talker } from './talker.mjs'
import { tasksOf } from './trace.mjs'

const RATE = 50
const TALKERS = 5
/** The first second is not counted: the page has just opened. */
const SETTLE_MS = 1000

/**
 * A page on a slow phone, in a room where fifty messages are said in a second.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').openBrowser>>} browser @param {string} url
 * @param {{seconds: number, slower: number, trace?: string | undefined}} options
 */
export async function flood(browser, url, { seconds, slower, trace }) {
  const { cookie } = await signIn(url, 'Reader')
  const { page, devtools, close } = await browser.page({ cookie, url })
  await page.goto(`${url}/`)
  await page.locator('.own__state.is-online').waitFor({ state: 'attached' })
  const talkers = []
  for (const name of people.slice(0, TALKERS)) talkers.push(await talker(url, name))

  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const stop = talk(talkers)
  await wait(SETTLE_MS)
  await page.evaluate(countFrames)
  const file = trace ?? join(tmpdir(), `chat-room-trace-${process.pid}.json`)
  await browser.chrome.startTracing(page, { path: file, categories: CATEGORIES })
  await wait(seconds * 1000)
  const frames = await page.evaluate(() => Reflect.get(window, 'frames')())
  await browser.chrome.stopTracing()
  const said = stop()
  const tasks = tasksOf(JSON.parse(await readFile(file, 'utf8')))
  if (!trace) await rm(file)

  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await page.locator('.message', { hasText: `#${said}` }).waitFor()
  for (const one of talkers) one.close()
  await close()
  return { shown: said, fps: Math.round(frames), ...tasks }
}

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline']

/** @param {{say: (text: string) => void}[]} talkers @returns {() => number} Stops it; how many were said. */
function talk(talkers) {
  const begun = performance.now()
  let said = 0
  const timer = setInterval(() => {
    for (; said < ((performance.now() - begun) * RATE) / 1000; said += 1) {
      // Runs of two or three, as people talk, so that there are groups and single lines.
      const one = talkers[(said >> 1) % talkers.length]
      one?.say(`${lines[said % lines.length]?.text} #${said + 1}`)
    }
  }, 1000 / RATE)
  return () => {
    clearInterval(timer)
    return said
  }
}

function countFrames() {
  const begun = performance.now()
  let count = 0
  const next = () => {
    count += 1
    requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
  Reflect.set(window, 'frames', () => (count * 1000) / (performance.now() - begun))
}
