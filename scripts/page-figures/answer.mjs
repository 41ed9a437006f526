import { setTimeout as wait } from 'node:timers/promises'
import { signIn } from '../program.mjs'
import { talker } from './talker.mjs'

const BOT = 'Answerer'
/** A bot speaks once a second; the stream is open by then, and the page knows of it. */
const PACE_MS = 1100

/** The section of config.ini that brings in the bot. @param {string} url Where its model is. */
export const bot = (url) => `[bot:${BOT}]
use = openai
base_url = ${url}
model = late
hear = mention
rate_room = 0/min
rate_person = 0/min
`

/**
 * Milliseconds from the moment at which a model sends its first word until it is painted on somebody's page.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').openBrowser>>} browser @param {string} url
 * @param {{fake: import('../fake-openai/server.mjs').FakeOpenAI, times: number, slower: number}} options
 */
export async function firstWords(browser, url, { fake, times, slower }) {
  const { cookie } = await signIn(url, 'Watcher')
  const { page, devtools, close } = await browser.page({ cookie, url })
  await page.goto(`${url}/`)
  await page.locator('.own__state.is-online').waitFor({ state: 'attached' })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const asker = await talker(url, 'Asker')
  const took = []
  for (let time = 0; time < times; time += 1) {
    asker.say(`@${BOT} question ${time + 1}`)
    await fake.request(time)
    const seen = page.evaluate(painted, time + 1)
    await wait(PACE_MS)
    const sent = performance.timeOrigin + performance.now()
    fake.release()
    took.push((await seen) - sent)
  }
  asker.close()
  await close()
  return took
}

/** When so many answers are painted, in milliseconds since 1970. @param {number} answers @returns {Promise<number>} */
function painted(answers) {
  return new Promise((resolve) => {
    const rows = document.getElementById('rows')
    const look = () => {
      const bubbles = rows?.querySelectorAll('.message--bot .bubble:not(.bubble--thinking)') ?? []
      if (bubbles.length < answers) return
      watch.disconnect()
      // The frame that shows it is over when the task after it begins.
      requestAnimationFrame(() =>
        setTimeout(() => resolve(performance.timeOrigin + performance.now())),
      )
    }
    const watch = new MutationObserver(look)
    if (rows) watch.observe(rows, { subtree: true, childList: true, characterData: true })
  })
}
