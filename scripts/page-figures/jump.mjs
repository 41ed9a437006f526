import { dirname } from 'node:path'
import { Program, signIn } from '../program.mjs'
import { lines } from '../seed-world-lines.mjs'
import { world } from '../seed-world.mjs'

/** The first line of the made-up talk; each round of it ends in its number. */
const SOUGHT = lines[0]?.text.slice(0, 3) ?? ''

/**
 * Milliseconds from the press on a hit of a search, somewhere in a long past, until the page with the sought line in
 * view is painted.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').openBrowser>>} browser
 * @param {{messages: number, times: number, slower: number[]}} options `slower`: how many times; measured for each.
 * @returns {Promise<number[][]>}
 */
export async function jumps(browser, { messages, times, slower }) {
  const program = await Program.prepare()
  try {
    await world([dirname(program.database), '--messages', `${messages}`])
    await program.start({ within: 60_000 })
    const { cookie } = await signIn(program.url, 'Traveller')
    const { page, devtools, close } = await browser.page({ cookie, url: program.url })
    await page.goto(`${program.url}/`)
    await page.locator('.own__state.is-online').waitFor({ state: 'attached' })
    const rounds = Math.floor(messages / lines.length)
    const all = []
    for (const rate of slower) {
      await devtools.send('Emulation.setCPUThrottlingRate', { rate })
      const took = []
      for (let time = 0; time < times; time += 1) took.push(await jump(page, anyRound(rounds)))
      all.push(took)
    }
    await close()
    return all
  } finally {
    await program.remove()
  }
}

/** Not one of the last, which may be on the page already. @param {number} rounds */
const anyRound = (rounds) => 2 + Math.floor(Math.random() * (rounds * 0.9 - 2))

/** @param {import('playwright-core').Page} page @param {number} round */
async function jump(page, round) {
  const end = `(${round})`
  await page.locator('[x-on\\:click="$store.search.open"]:visible').click()
  await page.fill('#search-field', `in:lobby ${SOUGHT} "${round}"`)
  await page.locator('.hit', { hasText: end }).waitFor()
  const seen = page.evaluate(shown, end)
  await page.locator('.hit', { hasText: end }).click()
  return seen
}

/** From the press until the sought line is in view and painted. @param {string} end What it ends in. @returns {Promise<number>} */
function shown(end) {
  return new Promise((resolve) => {
    let pressed = 0
    addEventListener('click', ({ timeStamp }) => (pressed ||= timeStamp), {
      capture: true,
      once: true,
    })
    const log = document.getElementById('log')
    const look = () => {
      const line = document.querySelector('.message.is-sought')
      const box = line?.getBoundingClientRect()
      const view = log?.getBoundingClientRect()
      const inView = box && view && box.bottom > view.top && box.top < view.bottom
      if (!pressed || !inView || !line?.textContent?.includes(end))
        return requestAnimationFrame(look)
      // The frame that shows it is over when the task after it begins.
      setTimeout(() => resolve(performance.now() - pressed))
    }
    requestAnimationFrame(look)
  })
}
