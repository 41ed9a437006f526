import { launchChromium } from '../chromium.mjs'

/** Chromium, whose pages tell what their Content-Security-Policy stopped. */
export async function openBrowser() {
  const chrome = await launchChromium({ whole: true })
  /** @type {string[]} */
  const violations = []
  return {
    chrome,
    violations,
    close: () => chrome.close(),

    /**
     * A page of somebody's own, in a browser that kept nothing.
     * @param {{cookie?: string, url: string}} where `cookie`: as signIn() gives it.
     */
    async page({ cookie = '', url }) {
      const context = await chrome.newContext({
        viewport: { width: 390, height: 844 },
        isMobile: true,
      })
      const cookies = cookie
        .split('; ')
        .filter(Boolean)
        .map((pair) => pair.split(/=(.*)/s, 2))
      await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url })))
      const page = await context.newPage()
      await page.exposeFunction('tellViolation', (/** @type {string} */ what) =>
        violations.push(what),
      )
      await page.addInitScript(() =>
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
          Reflect.get(window, 'tellViolation')(`${violatedDirective} ${blockedURI}`),
        ),
      )
      return { page, devtools: await context.newCDPSession(page), close: () => context.close() }
    },
  }
}
