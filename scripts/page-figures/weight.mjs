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
 * Milliseconds from the click to a composer that takes text and a line that is open, cold.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').openBrowser>>} browser @param {Where} where @param {number} slower
 */
export async function opening(browser, where, slower) {
  const { page, devtools, close } = await browser.page(where)
  await page.addInitScript((ready) => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector(ready)) return
      watch.disconnect()
      requestAnimationFrame(() => Reflect.set(window, 'opened', performance.now()))
    })
    watch.observe(document, { subtree: true, childList: true, attributes: true })
  }, where.ready ?? 'body')
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
  await page.goto(where.url)
  const opened = await page.waitForFunction(() => Reflect.get(window, 'opened'))
  const ms = Number(await opened.jsonValue())
  await close()
  return ms
}
