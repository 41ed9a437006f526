import { chromium } from 'playwright-core'
import { chromiumPath } from './chromium-path.mjs'

/** It looks for nothing on the network but what it is shown; as root, as in a container, it wants no sandbox. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Starts a browser of its own.
 * @param {{ whole?: boolean, names?: Record<string, string>, fonts?: string }} [options] `whole`: rather with a window's
 *   parts than without. `names`: addresses by host name, as in `{ 'room.lan': '127.0.0.1' }`. `fonts`: a file of fontconfig.
 * @throws {Error} there is none on this machine.
 */
export function launchChromium({ whole = false, names = {}, fonts } = {}) {
  const executablePath = chromiumPath({ whole })
  if (!executablePath)
    throw new Error('there is no Chromium here: name one in the variable CHROMIUM')
  const rules = Object.entries(names).map(([name, address]) => `MAP ${name} ${address}`)
  const resolve = rules.length > 0 ? [`--host-resolver-rules=${rules.join(', ')}`] : []
  const env = fonts ? { ...process.env, FONTCONFIG_FILE: fonts } : process.env
  return chromium.launch({ executablePath, args: [...FLAGS, ...resolve], env })
}
