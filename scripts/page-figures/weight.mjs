/** @typedef {{url: string, cookie?: string, ready?: string}} Where `ready`: is there when the page can be used. */

/**
 * What a browser that keeps nothing fetches.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').openBrowser>>} browser @param {Where} where
 */
export async function weight(browser, where) {
  const { page, devtools, close } = await browser.page(where)
  let requests = 0
  let bytes = 0
  devtools.on('Network.responseReceived', () => (requests += 1))
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  await page.goto(where.url)
  if (where.ready) await page.locator(where.ready).waitFor({ state: 'attached' })
  await page.waitForLoadState('networkidle')
  await close()
  return { requests, bytes }
}

/**
 * Milliseconds from the click to a composer that takes text and a line that is open, cold. The page tells it by itself: to
 * be asked, it would have to read a script of Playwright's first, a sixth of all it does in that time.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').openBrowser>>} browser @param {Where} where @param {number} slower
 */
export async function opening(browser, where, slower) {
  const { page, devtools, close } = await browser.page(where)
  /** @type {Promise<number>} */
  const opened = new Promise((resolve) => void page.exposeFunction('tellOpened', resolve))
  await page.addInitScript((ready) => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector(ready)) return
      watch.disconnect()
      requestAnimationFrame(() => Reflect.get(window, 'tellOpened')(performance.now()))
    })
    watch.observe(document, { subtree: true, childList: true, attributes: true })
  }, where.ready ?? 'body')
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
  await page.goto(where.url)
  const ms = await opened
  await close()
  return ms
}
