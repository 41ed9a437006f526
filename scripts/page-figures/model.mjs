import { signIn } from '../program.mjs'

/** So many a task, as a socket would deliver them in a burst. */
const BURST = 500

/**
 * Feeds messages to a page as fast as it takes them: through its line, its timeline and its list.
 * @param {Awaited<ReturnType<typeof import('./browser.mjs').openBrowser>>} browser @param {string} url @param {number} messages
 */
export async function throughTheModel(browser, url, messages) {
  const { cookie } = await signIn(url, 'Listener')
  const { page, devtools, close } = await browser.page({ cookie, url })
  await page.addInitScript(keepLine)
  await page.goto(`${url}/`)
  await page.locator('.own__state.is-online').waitFor({ state: 'attached' })

  await page.evaluate(feed, { messages: 2000, burst: BURST }) // the window is full, the code is warm
  const before = await afterGc(devtools)
  const ms = await page.evaluate(feed, { messages: messages / 2, burst: BURST })
  const half = await afterGc(devtools)
  const more = await page.evaluate(feed, { messages: messages / 2, burst: BURST })
  const after = await afterGc(devtools)
  await close()
  const found = [before, half, after]
  return {
    messages,
    ms: ms + more,
    heap: found.map(({ heap }) => heap),
    nodes: found.map(({ nodes }) => nodes),
  }
}

/** Keeps the page's WebSocket at hand, and where its room stands. */
function keepLine() {
  const Real = window.WebSocket
  window.WebSocket = class extends Real {
    /** @param {string | URL} url @param {string | string[]} [protocols] */
    constructor(url, protocols) {
      super(url, protocols)
      Reflect.set(window, 'line', this)
      this.addEventListener('message', ({ data }) => {
        const frame = JSON.parse(data)
        const head =
          frame.type === 'joined' ? frame.head : frame.type === 'ack' ? undefined : frame.seq
        if (head !== undefined) Reflect.set(window, 'head', head)
      })
    }
  }
}

/** @param {{messages: number, burst: number}} load @returns {Promise<number>} Milliseconds until the last one is shown. */
async function feed({ messages, burst }) {
  const begun = performance.now()
  const line = Reflect.get(window, 'line')
  const end = Reflect.get(window, 'head') + messages
  for (let seq = Reflect.get(window, 'head') + 1; seq <= end;) {
    for (const last = Math.min(end, seq + burst - 1); seq <= last; seq += 1) {
      const user = {
        id: 900_000 + (seq % 7),
        name: `Talker ${seq % 7}`,
        imageid: `${seq % 27}`,
        kind: 'person',
      }
      const frame = {
        type: 'chat',
        id: seq,
        seq,
        room: 'lobby',
        at: Date.now(),
        user,
        data: `message ${seq}`,
        cid: `cid-of-${seq}`,
      }
      line.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }))
    }
    await new Promise((resolve) => setTimeout(resolve))
  }
  const shown = () =>
    document.getElementById('rows')?.lastElementChild?.textContent?.includes(`message ${end}`)
  while (!shown()) await new Promise(requestAnimationFrame)
  return performance.now() - begun
}

/** @param {import('playwright-core').CDPSession} devtools */
async function afterGc(devtools) {
  await devtools.send('HeapProfiler.enable')
  for (let run = 0; run < 3; run += 1) await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize: heap } = await devtools.send('Runtime.getHeapUsage')
  const { nodes } = await devtools.send('Memory.getDOMCounters')
  return { heap, nodes }
}
