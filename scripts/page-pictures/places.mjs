const words = {
  'zh-CN': {
    direct: '私聊',
    settings: '房间设置',
    order: '举报、封禁和记录',
    mute: '10 分钟',
    topic: '每周日早上八点，南门集合',
    quote: '@{name} 周日去爬山吗？我带了水和面包',
    secret: '生日蛋糕订好了，先别告诉她 🎂',
    found: '猫',
    rude: '加我微信，日赚三千',
    lines: ['周末去香山，有人一起吗？', '算我一个！'],
    math: [
      '一元二次方程 $ax^2+bx+c=0$ 的根：',
      '$$x = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}$$',
      '推一下：\n$$\n\\begin{aligned}\n(a+b)^2 &= (a+b)(a+b) \\\\\n&= a^2 + 2ab + b^2\n\\end{aligned}\n$$\n所以对任何 $a,b\\in\\mathbb{R}$ 都成立，午饭 $5 到 $6 一份。',
      '$\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}\\vec v=\\vec v$，$\\sum_{k=1}^n k=\\frac{n(n+1)}2$，少了半边：$\\frac{1$',
    ],
  },
  en: {
    direct: 'Direct message',
    settings: 'Room settings',
    order: 'Reports, bans and log',
    mute: 'For 10 minutes',
    topic: 'Sundays at eight, south gate',
    quote: '@{name} hiking on Sunday? I bring water and bread',
    secret: 'The cake is ordered, not a word to her 🎂',
    found: 'cat',
    rude: 'Make three thousand a day, ask me how',
    lines: ['The hills this weekend, anybody?', 'Count me in!'],
    math: [
      'The roots of $ax^2+bx+c=0$:',
      '$$x = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}$$',
      'Step by step:\n$$\n\\begin{aligned}\n(a+b)^2 &= (a+b)(a+b) \\\\\n&= a^2 + 2ab + b^2\n\\end{aligned}\n$$\nfor all $a,b\\in\\mathbb{R}$. Lunch is $5 or $6.',
      '$\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}\\vec v=\\vec v$, $\\sum_{k=1}^n k=\\frac{n(n+1)}2$, and half of one: $\\frac{1$',
    ],
  },
}

/**
 * Rooms and what is found, kept and let in there: the list, rooms of two, search, settings, order, doors, formulas.
 * @param {Record<string, any>} studio
 */
export function places({ looks, url, enter, picture, send, tell, speaker }) {
  const shown = [looks[0], looks[1], looks[4], looks[5]]
  const online = (page) => page.waitForSelector('.is-online', { state: 'attached' })
  return { rooms, finding, keeping, doors, math }

  async function rooms() {
    for (const [index, look] of shown.entries()) {
      const text = words[look.lang]
      const name = ['小筏', 'Nell', '阿杉', 'Jill'][index]
      const [hills, books] = [encodeURIComponent('周末爬山'), encodeURIComponent('旧书交换')]
      const page = await enter(look, name, `/r/${hills}`)
      await goes(page, `/r/${books}`)
      await goes(page, '/')
      await send(page, text.lines[0])
      await tell(books, [['阿哲', `${text.lines[0]} ${index}`]])
      await tell(hills, [['南枝', text.quote.replace('{name}', name)]])
      await tell('lobby', [['林小满', text.lines[1]]])
      const friend = await speaker('林小满', 'lobby')
      await friend.locator('.person', { hasText: name }).click()
      await friend.locator('.menu').getByText('私聊', { exact: true }).click()
      await friend.waitForURL(/\/r\/d-/)
      await online(friend)
      await send(friend, text.secret)

      const phone = look.size === 'phone'
      if (phone) await page.click('.top__menu')
      const direct = page.locator('.rooms__link', { hasText: '林小满' })
      await direct.locator('.rooms__badge').waitFor()
      await picture(page, look, 'rooms')
      await direct.click()
      await page.locator('.bubble', { hasText: text.secret }).waitFor()
      await picture(page, look, 'direct')
      await goes(page, `/r/${hills}`)
      await page.locator('.call').first().waitFor()
      await picture(page, look, 'called')
      await page.locator('#input').pressSequentially('@')
      await page.locator('#suggest [role=option]').first().waitFor()
      await picture(page, look, 'names')
      await page.context().close()
    }
  }

  async function finding() {
    await tell('cats', [
      ['阿哲', '猫一出场我就停不下来了 🐈'],
      ['Dora', 'The cat chapters are the best part so far'],
      ['林小满', '明天去看猫，顺便带一本书给你'],
    ])
    for (const [index, look] of shown.entries()) {
      const page = await enter(look, ['寻路', 'Fay', '小探', 'Ned'][index], '/r/cats')
      await page.locator('.top [x-on\\:click="$store.search.open"]').click()
      await picture(page, look, 'search-help')
      await page.fill('#search-field', words[look.lang].found)
      await page.waitForSelector('.hit')
      await picture(page, look, 'search')
      await page.locator('#search .dialog__head button').click()
      await page.click('.composer__emoji')
      await page.waitForSelector('.emoji__one')
      await picture(page, look, 'emoji')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await page.waitForSelector('#switcher [role=option]')
      await picture(page, look, 'switcher')
      await page.context().close()
    }
  }

  async function keeping() {
    for (const [index, look] of shown.entries()) {
      const text = words[look.lang]
      const room = ['trails', 'peaks', 'lakes', 'woods'][index]
      const page = await enter(look, ['老周', 'Hugh', '阿芳', 'Rita'][index], `/r/${room}`)
      await menu(page, text.settings)
      await page.locator('#settings input').nth(1).fill(text.topic)
      await page.locator('#settings select').selectOption({ index: 2 })
      await picture(page, look, 'settings')
      await page.locator('#settings .button--main').click()
      await page.waitForSelector('#settings', { state: 'hidden' })
      await tell(room, [['路人', text.rude]])
      const witness = await speaker('阿哲', room)
      await witness.locator('.message', { hasText: text.rude }).focus()
      await witness.keyboard.press('Enter')
      await witness.locator('.menu').getByText('举报', { exact: true }).click()
      await witness.click('#confirm-yes')
      await witness.waitForSelector('.toast:visible')
      await page.locator('.toast:visible').waitFor()
      await menu(page, text.order)
      await page.waitForSelector('.deeds__one')
      await picture(page, look, 'order')
      await page.keyboard.press('Escape')
      if (look.size === 'phone') await page.click('.top__people')
      await page.locator('.person', { hasText: '路人' }).click()
      await page.waitForSelector('.menu')
      await picture(page, look, 'person-menu')
      await page.locator('.menu').getByText(text.mute, { exact: true }).click()
      const muted = await speaker('路人', room)
      await muted.waitForSelector('.composer__closed:visible')
      if (index === 0) await picture(muted, look, 'muted')
      if (look.size === 'phone') await page.keyboard.press('Escape')
      await menu(page, text.order)
      await page.locator('#order .tabs .button').nth(2).click()
      await page.waitForSelector('.deeds__one')
      await picture(page, look, 'order-log')
      await page.context().close()
    }
  }

  async function doors() {
    for (const [index, look] of shown.entries()) {
      const room = ['film-club', 'chess-club', 'tea-club', 'jazz-club'][index]
      const keeper = await speaker('阿哲', room)
      await menu(keeper, '房间设置')
      await keeper.getByLabel('新人需要同意').check()
      await keeper.locator('#settings .button--main').click()
      await keeper.waitForSelector('#settings', { state: 'hidden' })
      const page = await enter(look, ['阿青', 'Kim', '阿蓝', 'Pat'][index], '/')
      await page.goto(`${url}/r/${room}`)
      await picture(page, look, 'door')
      await page.click('.button--main')
      await page.waitForSelector('#knocked')
      await picture(page, look, 'door-waits')
      await keeper.waitForSelector('.knocks__one')
      if (index === 0) await picture(keeper, looks[0], 'knocks')
      await page.goto(`${url}/i/nothing`)
      await picture(page, look, 'no-invite')
      await page.goto(`${url}/r/d-${'a'.repeat(26)}`)
      await picture(page, look, 'no-room')
      await page.context().close()
    }
  }

  async function math() {
    const lessons = ['algebra', 'calculus', 'geometry', 'numbers']
    for (const [index, look] of shown.entries()) {
      const text = words[look.lang]
      const page = await enter(
        look,
        ['数学课', 'Emmy', '小陈', 'Carl'][index],
        `/r/${lessons[index]}`,
      )
      await menu(page, text.settings)
      await page.locator('#settings [x-model$=math]').check()
      await page.locator('#settings .button--main').click()
      await page.waitForSelector('#settings', { state: 'hidden' })
      await speaker('阿哲', lessons[index]) // alone with somebody, the bird would answer each line
      for (const line of text.math) {
        await page.fill('#input', line)
        await page.press('#input', 'Enter')
      }
      await page.locator('.formula--source').waitFor()
      await page.locator('.message--own[data-state=sent]').nth(3).waitFor()
      await tell(lessons[index], [['阿哲', '很美：\n$e^{i\\pi}+1=0$']])
      await page.locator('.message:not(.message--own) math').waitFor()
      await picture(page, look, 'math')
      await page.context().close()
    }
  }

  async function goes(page, path) {
    await page.goto(url + path)
    if (await page.locator('#make').count()) await page.click('#make')
    await online(page)
  }

  /** What waits behind a choice stands in brackets behind its name. */
  async function menu(page, choice) {
    await page.click('.top__about')
    await page.locator('.menu').getByText(choice).click()
    await page.waitForSelector('dialog[open]')
  }
}
