import { room } from './talk.mjs'

/** What opens beside or over a room: drawers, menus and dialogs. */
export function panels({ looks, enter, picture }) {
  return { panels: all }

  async function all() {
    for (const look of [looks[0], looks[3], looks[4], looks[5]]) {
      const page = await enter(
        look,
        { 0: '青禾', 3: '半夏', 4: '北川', 5: 'Ines' }[looks.indexOf(look)],
        `/r/${room}`,
      )
      const phone = look.size === 'phone'
      if (phone) await page.click('.top__menu')
      if (phone) await picture(page, look, 'drawer')
      await page.click('#own')
      await picture(page, look, 'own-menu')
      await page.keyboard.press('Escape')
      if (phone) await page.keyboard.press('Escape')
      if (look.size !== 'desktop') {
        await page.click('.top__people')
        await picture(page, look, 'people')
        await page.keyboard.press('Escape')
      }
      if (phone) await page.click('.top__menu')
      await page.click('.side__invite')
      await picture(page, look, 'share')
      await page.keyboard.press('Escape')
      await page.click('#listening')
      await page.locator('.bot').waitFor()
      await picture(page, look, 'bots')
      await page.keyboard.press('Escape')
      await page.focus('#log')
      await page.keyboard.press('?')
      await picture(page, look, 'keys')
      await page.keyboard.press('Escape')
      if (phone) await page.click('.top__menu')
      await page.click('#own')
      await page.click('.menu__item--danger')
      await picture(page, look, 'leave')
      await page.context().close()
    }
  }
}
