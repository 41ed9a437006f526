/** Nobody has said anything there; they stand in the lists of later pictures. */
const quiet = ['stars', 'stargazing', 'board-games', 'journal', 'night-run', 'garden']

/** What somebody meets who comes in: sign-in and its refusals, pages that are not there, a room without a line. */
export function front({ looks, url, open, enter, picture }) {
  return { front: signin, empty }

  async function signin() {
    for (const look of looks) {
      const page = await open(look, '/signin')
      await picture(page, look, 'signin')
      await page.fill('#name', '管理员')
      await page.press('#name', 'Enter')
      await page.waitForSelector('#name[aria-invalid]')
      await picture(page, look, 'signin-refused')
      await page.goto(`${url}/nowhere`)
      await picture(page, look, 'not-found')
      await page.context().close()
    }
    const [look] = looks
    const page = await enter(look, '小雨', '/signout')
    await picture(page, look, 'signout')
    await page.goto(`${url}/signin?change=1`)
    await picture(page, look, 'signin-change')
    await page.context().close()
  }

  async function empty() {
    for (const [index, look] of looks.entries()) {
      const page = await enter(
        look,
        ['小夏', 'Leo', 'Mia', '阿成', '小北', 'Zoe'][index],
        `/r/${quiet[index]}`,
      )
      await page.waitForSelector('.empty .share__code')
      await picture(page, look, 'empty')
      await page.context().close()
    }
  }
}
