import { talker } from '../page-figures/talker.mjs'

const HUGE = 500
const unbroken = 'abcdefghij'.repeat(1000)
const names = ['𠮷野家𪚥', '👩‍👩‍👧‍👦🏳️‍🌈🇨🇳', 'مرحبا', '𝓥𝓮𝓻𝓪', 'W'.repeat(20)]

/**
 * States that nobody meets on a good day: colours of the system, a page at twice its size, hundreds of people, a browser
 * that keeps nothing, a session that ended, a server that is away, two tabs, names and texts that break layouts.
 */
export function unseen({ looks, url, address, open, enter, picture, send, whileAway }) {
  const [desktop, , , , , phone] = looks
  return {
    forced,
    zoomed,
    huge,
    fullStorage,
    expired,
    away,
    offline,
    tabs,
    oddNames,
    unbrokenText,
    paper,
    noScripts,
    moving,
  }

  function named({ lang }, zh, en) {
    return lang === 'en' ? en : zh
  }

  async function forced() {
    for (const look of [desktop, phone]) {
      const forcedColors = { ...look, forcedColors: 'active' }
      const page = await enter(forcedColors, named(look, '小墨', 'Marta'), '/r/cooking')
      await send(page, look.lang === 'en' ? 'High contrast' : '高对比度')
      await send(page, 'https://example.org/contrast')
      await picture(page, look, 'forced-room')
      if (look.size === 'phone') await page.click('.top__menu')
      await page.click('#own')
      await page.waitForSelector('.menu')
      await picture(page, look, 'forced-menu')
      await page.goto(`${url}/signin?change=1`)
      await picture(page, look, 'forced-signin')
      await page.context().close()
    }
  }

  async function zoomed() {
    const look = { ...desktop, size: 'zoomed' }
    const page = await enter(look, '放大镜', '/r/cameras')
    await picture(page, look, 'empty')
    await send(page, '放大到两倍，也都看得见、点得到。')
    await picture(page, look, 'room')
    await page.focus('#log')
    await page.keyboard.press('?')
    await picture(page, look, 'keys')
    await page.goto(`${url}/signin?change=1`)
    await picture(page, look, 'signin')
    await page.context().close()
  }

  async function huge() {
    const crowd = []
    for (let n = 1; n <= HUGE; n += 1) crowd.push(await talker(address, `路人${n}`, 'town-square'))
    for (const look of [desktop, phone]) {
      const page = await enter(look, named(look, '大鹏', 'Otto'), '/r/town-square')
      await send(page, look.lang === 'en' ? 'Hello, all of you' : '大家好')
      if (look.size === 'phone') await page.click('.top__people')
      await picture(page, look, 'huge')
      await page.click('.people__more')
      await page.click('.people__more')
      await page.waitForSelector('.people__more', { state: 'hidden' })
      await page.locator('.person').last().scrollIntoViewIfNeeded()
      await picture(page, look, 'huge-end')
      await page.context().close()
    }
    for (const one of crowd) one.close()
  }

  async function fullStorage() {
    for (const look of [desktop, phone]) {
      const page = await enter(look, named(look, '小满满', 'Flora'), '/r/writing')
      await page.evaluate(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError')
        }
      })
      await page.fill('#input', look.lang === 'en' ? 'Half a thought' : '写到一半')
      await page.waitForSelector('.composer__note:visible')
      await picture(page, look, 'full-storage')
      await page.context().close()
    }
  }

  async function expired() {
    for (const look of [desktop, phone]) {
      const page = await enter(look, named(look, '远山', 'Gus'), '/r/flat-share')
      const tab = await page.context().newPage()
      await tab.goto(`${url}/signout`)
      await tab.click('#signout .button--main')
      await page.waitForURL(/\/signin/)
      await picture(page, look, 'expired')
      await page.context().close()
    }
  }

  async function away() {
    for (const look of [desktop, phone]) {
      const page = await open(look, '/signin')
      await whileAway(async () => {
        await page.fill('#name', look.lang === 'en' ? 'Early bird' : '早起的鸟')
        await page.press('#name', 'Enter')
        await page.waitForSelector('#name-error:not(:empty)')
        await picture(page, look, 'away')
      })
      await page.context().close()
    }
  }

  async function offline() {
    for (const look of [desktop, phone]) {
      const page = await enter(look, named(look, '小列', 'Tina'), '/r/commute')
      await send(page, look.lang === 'en' ? 'Into the tunnel' : '进隧道了')
      await page.context().setOffline(true)
      await page.waitForSelector('.bar__button:visible')
      await page.fill('#input', look.lang === 'en' ? 'Still dark here' : '里面没有信号')
      await page.press('#input', 'Enter')
      await page.waitForSelector('[data-state=waiting]')
      await picture(page, look, 'offline')
      await page.context().close()
    }
  }

  async function tabs() {
    const page = await enter(desktop, '分身', '/r/chess')
    const tab = await page.context().newPage()
    await tab.goto(`${url}/r/chess`)
    await tab.waitForSelector('.is-online', { state: 'attached' })
    await send(page, '在第一个标签页说的')
    await send(tab, '在第二个标签页说的')
    await page.locator('.bubble', { hasText: '第二个' }).waitFor()
    await picture(page, desktop, 'tabs-first')
    await picture(tab, desktop, 'tabs-second')
    await page.context().close()
  }

  async function oddNames() {
    const pages = []
    for (const name of names) pages.push(await enter(desktop, name, '/r/introductions'))
    for (const page of pages) await send(page, '大家能看到我的名字吗？')
    for (const look of [desktop, phone]) {
      const page = await enter(look, named(look, '问问', 'Alma'), '/r/introductions')
      await page.waitForSelector('.message')
      if (look.size === 'phone') await page.click('.top__people')
      await picture(page, look, 'names')
      await page.context().close()
    }
    for (const page of pages) await page.context().close()
  }

  async function unbrokenText() {
    for (const look of [desktop, phone]) {
      const page = await enter(look, named(look, '长风', 'Lena'), '/r/poems')
      await send(page, unbroken.slice(0, 4000))
      await page.fill('#input', unbroken)
      await page.waitForSelector('.composer__count--over')
      await picture(page, look, 'unbroken')
      await page.context().close()
    }
  }
  async function paper() {
    const page = await enter({ ...desktop, theme: 'dark' }, '纸', '/r/minutes')
    await send(page, '印在纸上，也要看得清。')
    await page.emulateMedia({ media: 'print' })
    await picture(page, desktop, 'paper')
    await page.context().close()
  }

  /** The dots of who writes hop, and stand still for who asked for that. */
  async function moving() {
    for (const motion of ['no-preference', 'reduce']) {
      const other = await enter(desktop, `写信的人${motion.length}`, '/r/letters')
      const page = await enter({ ...desktop, motion }, `信箱${motion.length}`, '/r/letters')
      await other.locator('#input').pressSequentially('亲爱的')
      await page.waitForSelector('.typing .dots:visible')
      await picture(page, desktop, `motion-${motion}`)
      for (const one of [page, other]) await one.context().close()
    }
  }

  async function noScripts() {
    for (const one of [desktop, phone]) {
      const look = { ...one, scripts: false }
      const page = await open(look, '/signin')
      await picture(page, look, 'no-scripts-signin')
      await page.click('#enter')
      await picture(page, look, 'no-scripts-room')
      await page.context().close()
    }
  }
}
