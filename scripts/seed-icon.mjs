import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchChromium } from './chromium.mjs'
import { homeIcon } from './seed-bird.mjs'

/** What iOS asks for; others scale it down. */
const SIDE = 180

/**
 * Writes the bird as a PNG, by a real browser, for those that take no SVG as an icon: Safari's tabs and phones' home screens.
 * @param {string[]} args A folder to write into; `static/` of this repository if there is none.
 */
export async function icon([folder = fileURLToPath(new URL('../static', import.meta.url))]) {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: SIDE, height: SIDE } })
    const address = `data:image/svg+xml;base64,${Buffer.from(homeIcon()).toString('base64')}`
    await page.goto(address)
    await writeFile(join(folder, 'icon.png'), await page.screenshot())
  } finally {
    await browser.close()
  }
}
