import { describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import {
  axe,
  chooses,
  comesIn,
  doesTo,
  goesTo,
  holds,
  line,
  online,
  reads,
  toast,
  visitorAt,
  writes,
  type Look,
} from './browser.js'

const phone: Look = { size: 'phone', theme: 'dark' }

/** Grace keeps order in the lobby, at a desk; Ada is there with a phone. */
async function house(look: Look = phone) {
  const world = await lobby({ config: { 'rooms.names': ['attic'] } })
  const grace = await comesIn(world, 'Grace', { role: 'host' })
  const ada = await comesIn(world, 'Ada', look)
  return { world, grace, ada }
}

const member = (page: Page, name: string) => page.locator('.person', { hasText: name })

describe('a moderator', () => {
  test('is made by the host, at once and for good', async () => {
    const { grace, ada } = await house()
    await chooses(grace, member(grace, 'Ada'), 'Make a moderator')
    await toast(grace, 'Ada is a moderator now')
    await chooses(ada, '.top__about', 'Room settings')
    await ada.reload()
    await online(ada)
    await chooses(ada, '.top__about', 'Room settings')
    await ada.locator('#settings').getByRole('button', { name: 'Save' }).waitFor()
  })

  test('who is made one knows and may at once what moderators do, and no longer than they are', async () => {
    const { world, grace, ada } = await house()
    const bob = await world.enters('Bob')
    await bob.says('buy spam')
    await doesTo(ada, 'buy spam', 'Report')
    await ada.click('#confirm-yes')
    await toast(ada, 'The moderators have been told.')
    await chooses(grace, '.top__about', 'Room settings')
    await grace.getByLabel('Announcements only').check()
    await grace.getByRole('button', { name: 'Save' }).click()
    const closed = ada.locator('.composer__closed:visible')
    const reports = ada.locator('.top .top__reports:visible')
    await closed.waitFor()

    await chooses(grace, member(grace, 'Ada'), 'Make a moderator')
    await reports.waitFor()
    await writes(ada, 'news')
    await ada.click('.top__menu')
    await ada.click('.side__invite')
    await ada.getByRole('button', { name: 'Create a link' }).waitFor()

    await chooses(grace, member(grace, 'Ada'), 'Remove as moderator')
    await ada.getByRole('button', { name: 'Create a link' }).waitFor({ state: 'hidden' })
    await closed.waitFor()
    await reports.waitFor({ state: 'hidden' })
  })

  test('of a room alone is that under another name, too, and of no other room', async () => {
    const ada = await comesIn(await lobby(), 'Ada', { room: 'garden' }) // made by her
    await writes(ada, '/nick Rose')
    await ada.locator('.own', { hasText: 'Rose' }).waitFor()
    await member(ada, 'Rose').locator('.person__role', { hasText: 'Moderator' }).waitFor()

    await ada.click('.own')
    await ada.locator('.menu__item', { hasText: 'Sign out' }).waitFor()
    expect(await ada.locator('.menu__item', { hasText: 'Reports, bans and log' }).count()).toBe(0)
    await ada.keyboard.press('Escape')
    await chooses(ada, '.top__about', 'Reports, bans and log')
    await ada.getByText('Nothing here.').waitFor()
  })

  test('mutes somebody, whose field says until when, and keeps what stands in it', async () => {
    const { grace, ada } = await house()
    await ada.fill('#input', 'half a thought')
    await chooses(grace, member(grace, 'Ada'), 'For 10 minutes')
    await toast(grace, 'Ada is muted here')
    await ada.locator('.composer__closed', { hasText: 'You can write again in 10 min' }).waitFor()
    const unread = ada.locator('.composer__closed [aria-live=off]') // what changes each second
    expect(await unread.textContent()).toMatch(/^(10|9)\smin/)
    expect(await axe(ada)).toEqual([])
    await ada.reload()
    await ada.locator('.composer__closed', { hasText: 'You are muted' }).waitFor()
    await member(ada, 'Ada').locator('.person__muted').waitFor({ state: 'hidden' })

    await member(grace, 'Ada').locator('.person__muted', { hasText: 'Muted' }).waitFor()
    await grace.reload()
    await member(grace, 'Ada').locator('.person__muted').waitFor()
    expect(await axe(grace)).toEqual([])
    await chooses(grace, member(grace, 'Ada'), 'Unmute')
    await member(grace, 'Ada').locator('.person__muted').waitFor({ state: 'hidden' })
    await member(grace, 'Ada').click()
    await grace.locator('.menu').getByText('For 10 minutes').waitFor()
    expect(await grace.locator('.menu').getByText('Unmute').count()).toBe(0)
    await grace.keyboard.press('Escape')
    await ada.locator('#input:visible').waitFor()
    await holds(ada, 'half a thought')
    await ada.press('#input', 'Enter')
    await reads(grace, 'half a thought')
  })

  test('at a device whose clock is an hour wrong sees right times, as others do', async () => {
    const world = await lobby()
    world.passes(-3_600_000)
    const grace = await comesIn(world, 'Grace', { role: 'host' })
    const ada = await comesIn(world, 'Ada')
    await writes(ada, 'cake at four')
    await doesTo(ada, 'cake at four', 'Edit')
    await chooses(grace, member(grace, 'Ada'), 'For 10 minutes')
    await ada.locator('.composer__closed', { hasText: 'You can write again in 10 min' }).waitFor()
    await member(grace, 'Ada').locator('.person__muted').waitFor()
  })

  test('of somebody who is muted leaves them the reactions to look at, and menus without any', async () => {
    const { grace, ada } = await house()
    await writes(grace, 'cake at four')
    await doesTo(grace, 'cake at four', '🎉')
    const chip = ada.locator('.reaction[data-emoji="🎉"]')
    await chip.tap()
    await chip.and(ada.locator('[aria-pressed=true]')).waitFor()

    await chooses(grace, member(grace, 'Ada'), 'For 10 minutes')
    await chip.and(ada.locator(':not([aria-pressed])')).waitFor()
    expect(await ada.locator('.reaction').count()).toBe(1) // and none to add another
    await chip.tap()
    await ada.locator('.reacted__one', { hasText: 'Grace, Ada' }).waitFor()
    expect(await axe(ada)).toEqual([])
    await ada.keyboard.press('Escape')
    await line(ada, 'cake at four').focus()
    await ada.keyboard.press('Enter')
    await ada.locator('.menu').waitFor()
    expect(await ada.locator('.menu__strip').count()).toBe(0)
    await ada.keyboard.press('Escape')

    await chooses(grace, member(grace, 'Ada'), 'Unmute')
    await chip.and(ada.locator('[aria-pressed=true]')).waitFor()
    await chip.tap()
    await chip.filter({ hasText: '1' }).waitFor()
  })

  test('sends somebody out, and the page says so and stops', async () => {
    const { grace, ada } = await house({ ...phone, lang: 'zh-CN' })
    await grace.fill('#input', '/kick a')
    await grace.locator('#suggest [role=option]', { hasText: 'Ada' }).waitFor()
    await grace.press('#input', 'Enter')
    await holds(grace, '/kick Ada ')
    await grace.press('#input', 'Enter')
    await grace.getByText('Kick Ada out of this room?').waitFor()
    await grace.getByRole('button', { name: 'Cancel' }).click()
    await holds(grace, '/kick Ada')
    await writes(grace, '、kick Ada')
    await grace.click('#confirm-yes')
    await ada.locator('.bar__text', { hasText: /^管理员请你离开了这个房间。/ }).waitFor()
    await member(grace, 'Ada').waitFor({ state: 'detached' })
    // Nothing is offered that would have to be asked for.
    const ways = ada.locator('.composer, .top__line, .top > .button, .side__invite')
    expect(await ways.filter({ visible: true }).getAttribute('class')).toContain('top__menu')
    expect(await ada.locator('.top__about').isDisabled()).toBe(true)
    expect(await axe(ada)).toEqual([])
    await ada.getByRole('button', { name: '重新进入' }).click()
    await online(ada)
    await ada.locator('#input').waitFor()
  })

  test('bans somebody, finds the ban in the list, and lifts it', async () => {
    const { world, grace, ada } = await house()
    await ada.locator('.empty').waitFor()
    await chooses(grace, member(grace, 'Ada'), 'Ban…')
    await grace.getByLabel('For how long').selectOption('7 days')
    expect(await axe(grace)).toEqual([])
    await grace.click('#confirm-yes')
    await toast(grace, 'Ada is banned')
    await ada
      .locator('.bar__text', {
        hasText: /^You cannot enter this chat room for now; come back in 7 days/,
      })
      .waitFor()
    await ada.locator('.bar__button').waitFor({ state: 'hidden' })
    await ada.locator('.empty').waitFor({ state: 'hidden' }) // nor is anybody asked to greet the bird
    const response = await ada.goto(`${world.url}/signin`)
    expect(response?.status()).toBe(403)
    expect(await ada.getByRole('link').count()).toBe(0)
    expect(await axe(ada)).toEqual([])

    await chooses(grace, '.top__about', 'Reports, bans and log')
    await grace.getByRole('button', { name: 'Bans' }).click()
    const ban = grace.locator('.deeds__one', { hasText: 'Ada' })
    await ban.first().waitFor()
    expect(await axe(grace)).toEqual([])
    await ban.first().getByRole('button', { name: 'Lift' }).click()
    await grace.getByText('Nothing here.').waitFor()
    await grace.getByRole('button', { name: 'Log' }).click()
    await grace
      .locator('.deeds__one', { hasText: /Grace. lifted the ban of .Ada.*everywhere/ })
      .waitFor()
    expect(await axe(grace)).toEqual([])
  })

  test('sees a ban end in the list of them, and who was banned may come in again', async () => {
    const { world, grace, ada } = await house()
    const mo = await world.enters('Mo')
    await world.gives(mo, 'mod')
    const user = (await visitorAt(ada)).user.id
    await mo.request({ type: 'ban', room: 'lobby', user, ms: 5_000 })
    await ada.locator('.bar__text', { hasText: 'come back in 5 seconds' }).waitFor()
    await ada.getByRole('button', { name: 'To your other rooms' }).waitFor()
    await chooses(grace, '.top__about', 'Reports, bans and log')
    await grace.getByRole('button', { name: 'Bans' }).click()
    await grace.locator('.deeds__one', { hasText: 'Ada' }).waitFor()

    await ada.locator('.bar__text', { hasText: 'You may come in again now.' }).waitFor()
    await grace.getByText('Nothing here.').waitFor()
    expect(await axe(ada)).toEqual([])
    await ada.getByRole('button', { name: 'Come in again' }).click()
    await online(ada)
  })

  test('hears of a report, looks at the message and takes it away', async () => {
    const { world, grace, ada } = await house()
    await (await world.enters('Eve')).says('something rude')
    await reads(ada, 'something rude')
    await doesTo(ada, 'something rude', 'Report')
    await ada.locator('#confirm-quote', { hasText: 'something rude' }).waitFor()
    await ada.click('#confirm-yes')
    await toast(ada, 'The moderators have been told.')
    await toast(grace, 'Somebody reported a message')

    await grace.locator('.top').getByRole('img', { name: 'Open reports: 1' }).waitFor()
    await grace.locator('.toast__button').click()
    const report = grace.locator('.deeds__one', { hasText: 'something rude' })
    await report.waitFor()
    expect(await report.innerText()).toMatch(/Ada. reported a message by .Eve. \(.Lobby.\)/)
    expect(await report.locator('.hit__time').innerText()).toMatch(/^\d\d:\d\d today$/)
    expect(await axe(grace)).toEqual([])
    await report.getByRole('button', { name: 'Show' }).click()
    await grace.locator('.message.is-sought', { hasText: 'something rude' }).waitFor()
  })

  test('does what a report asks for from where it stands, and the report is seen to with the message', async () => {
    const { world, grace, ada } = await house()
    const eve = await comesIn(world, 'Eve')
    await writes(ada, 'something rude')
    await reads(eve, 'something rude')
    await doesTo(eve, 'something rude', 'Report')
    await eve.click('#confirm-yes')
    await toast(eve, 'The moderators have been told.')
    await goesTo(grace, `${world.url}/r/attic`)
    await grace.locator('.own').getByRole('img', { name: 'Open reports: 1' }).waitFor()
    await grace.locator('.top .top__reports').waitFor({ state: 'hidden' }) // none of this room
    await chooses(grace, '.own', 'Reports, bans and log (1)')
    await grace.locator('.deeds__one', { hasText: 'Lobby' }).waitFor()
    await goesTo(grace, `${world.url}/`)
    await grace.locator('.top').getByRole('img', { name: 'Open reports: 1' }).waitFor()
    await chooses(grace, '.top__about', 'Reports, bans and log (1)')
    const report = grace.locator('.deeds__one', { hasText: 'reported a message by' })
    await report.getByRole('button', { name: 'Mute for 10 minutes' }).click()
    await ada.locator('.composer__closed', { hasText: 'You are muted' }).waitFor()
    await report.getByRole('button', { name: 'Ban…' }).click()
    await grace.click('#confirm-yes')
    await ada.locator('.bar--bad').waitFor()
    await report.getByRole('button', { name: 'Delete' }).click()
    await grace.getByText('Delete this message by Ada for everybody?').waitFor()
    expect(await line(eve, 'something rude').count()).toBe(1)
    await grace.click('#confirm-yes')
    await line(eve, 'something rude').waitFor({ state: 'detached' })
    await report.locator('.deeds__quote').waitFor({ state: 'hidden' })
    expect(await axe(grace)).toEqual([])
    await report.filter({ hasText: /Grace. handled it/ }).waitFor()
    await grace.locator('.top .top__reports').waitFor({ state: 'hidden' })
  })

  test('marks a report as handled, and another moderator who looks sees it at once', async () => {
    const { world, grace, ada } = await house()
    const mo = await comesIn(world, 'Mo', { role: 'mod' })
    await (await world.enters('Eve')).says('something rude')
    await reads(ada, 'something rude')
    await doesTo(ada, 'something rude', 'Report')
    await ada.click('#confirm-yes')
    await toast(grace, 'Somebody reported a message')

    for (const page of [mo, grace]) {
      await page.locator('.top .top__reports').waitFor()
      await chooses(page, '.top__about', 'Reports, bans and log (1)')
    }
    const report = (page: Page) => page.locator('.deeds__one', { hasText: 'something rude' })
    await report(mo).waitFor()
    await report(grace).getByRole('button', { name: 'Mark as handled' }).click()
    for (const page of [grace, mo]) {
      await page.locator('.deeds__one', { hasText: /Grace. handled it/ }).waitFor()
      await page.getByRole('button', { name: 'Mark as handled' }).waitFor({ state: 'hidden' })
    }
    expect(await axe(grace)).toEqual([])
  })

  test('does not hear of a report about themselves; another one does, in whatever room', async () => {
    const { world, grace, ada } = await house()
    const mo = await comesIn(world, 'Mo', { role: 'mod', room: 'attic' })
    await writes(grace, 'something rude')
    await reads(ada, 'something rude')
    await doesTo(ada, 'something rude', 'Report')
    await ada.click('#confirm-yes')
    await toast(mo, 'Somebody reported a message')
    await mo.locator('.toast__button').click()
    await mo.locator('.deeds__one', { hasText: 'something rude' }).waitFor()

    await chooses(grace, '.top__about', 'Reports, bans and log')
    await grace.getByText('Nothing here.').waitFor()
  })

  test('asks the others about a message of one whom they may not judge', async () => {
    const { world, grace } = await house()
    const mo = await comesIn(world, 'Mo', { role: 'mod' })
    const ned = await world.enters('Ned')
    await world.gives(ned, 'mod')
    await ned.says('something rude')
    await reads(mo, 'something rude')
    await doesTo(mo, 'something rude', 'Report')
    await mo.click('#confirm-yes')
    await toast(mo, 'The moderators have been told.')
    await toast(grace, 'Somebody reported a message')
    await line(grace, 'something rude').focus()
    await grace.keyboard.press('Enter')
    expect(await grace.locator('.menu').innerText()).not.toContain('Report')
    expect(await mo.locator('.toast', { hasText: 'Somebody reported' }).count()).toBe(0)
  })

  test('finds in the menu of / what others do not, and types instead of pressing', async () => {
    const { grace, ada } = await house()
    const option = (page: Page) => page.locator('#suggest [role=option]')
    for (const page of [ada, grace]) await page.locator('#input').pressSequentially('/')
    await option(grace).filter({ hasText: '/mute' }).waitFor() // the last of many
    await ada.fill('#input', '')
    await grace.fill('#input', '')
    await ada.locator('#input').pressSequentially('、n')
    await option(ada).filter({ hasText: '/nick' }).waitFor()
    await ada.press('#input', 'Tab')
    await holds(ada, '/nick ')
    await ada.fill('#input', '/mut')
    await grace.locator('#input').pressSequentially('/mut')
    await option(grace).filter({ hasText: '/mute' }).waitFor()
    await ada.locator('#suggest').waitFor({ state: 'hidden' })
    expect(await axe(grace)).toEqual([])

    await writes(ada, '/topic mine')
    await ada.locator('.composer__note', { hasText: 'Only the host and moderators' }).waitFor()
    await holds(ada, '/topic mine')
    await writes(grace, '/mute Ada soon')
    await grace.locator('.composer__note', { hasText: '/mute NAME MINUTES' }).waitFor()
    await holds(grace, '/mute Ada soon')
    await line(grace, '/mute Ada soon').waitFor({ state: 'detached' })
    await writes(grace, '/mute Ada 10')
    await grace
      .locator('.log', { hasText: 'Ada cannot speak in this room for 10 minutes' })
      .waitFor()
    await ada.locator('.composer__closed', { hasText: '10 min' }).waitFor()
    await writes(grace, '/话题 Tea & cake')
    await grace.locator('.top__topic', { hasText: 'Tea & cake' }).waitFor()
    expect(await ada.locator('.log').innerText()).not.toContain('/mute')
  })

  test('takes away what others said, folded into one line', async () => {
    const { grace, ada } = await house()
    for (const text of ['spam one', 'spam two']) {
      await writes(ada, text)
      await reads(grace, text)
    }
    for (const text of ['spam one', 'spam two']) await doesTo(grace, text, 'Delete')
    for (const page of [grace, ada]) {
      await line(page, 'spam').first().waitFor({ state: 'detached' })
      expect(await page.locator('.mark', { hasText: 'Ada' }).count()).toBeGreaterThan(0)
    }
    expect(await ada.locator('.log').innerText()).not.toContain('spam')
  })
})
