import { describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import {
  atAnotherDevice,
  axe,
  chooses,
  comesIn,
  goesTo,
  online,
  reads,
  visitorAt,
  writes,
  type Look,
} from './browser.js'

const place = (page: Page, title: string) =>
  page.locator('.rooms__link:visible', { hasText: title })
const badge = (page: Page, title: string) => place(page, title).locator('.rooms__badge')

describe('the list of rooms', () => {
  test('counts what waits elsewhere on every device of a person, and forgets it on all at once', async () => {
    const world = await lobby({ people: ['grace'] })
    const { grace } = world
    await grace.join('garden')
    const desk = await comesIn(world, 'Ada', { been: 'garden' })
    const phone = await atAnotherDevice(desk, { size: 'phone', theme: 'dark', lang: 'zh-CN' })
    await phone.click('.top__menu')

    await grace.says('roses', { room: 'garden' })
    await grace.says('@Ada tulips', { room: 'garden' })
    for (const page of [desk, phone]) {
      await badge(page, 'garden').filter({ hasText: '2' }).waitFor()
      expect(await place(page, 'garden').getAttribute('class')).toContain('rooms__link--called')
    }
    expect(await desk.title()).toMatch(/^\(2\) /)
    expect([await axe(desk), await axe(phone)]).toEqual([[], []])

    await place(phone, 'garden').click()
    await reads(phone, 'tulips')
    await badge(desk, 'garden').waitFor({ state: 'hidden' })
    expect(await desk.title()).not.toMatch(/^\(/)
  })

  test('of a room that tells of mentions alone counts these, and of a muted one too, without a word', async () => {
    const world = await lobby({ people: ['grace'] })
    const { grace } = world
    await grace.join('garden')
    const ada = await comesIn(world, 'Ada', { lang: 'zh-CN', room: 'garden' })
    await chooses(ada, '.top__about', '提到我的')
    await goesTo(ada, `${world.url}/`)
    await grace.says('roses', { room: 'garden' })
    await grace.says('@Ada tulips', { room: 'garden' })
    await badge(ada, 'garden').filter({ hasText: '1' }).waitFor()

    await goesTo(ada, `${world.url}/r/garden`)
    await reads(ada, 'tulips')
    await chooses(ada, '.top__about', '不提醒，只计提到我的')
    await goesTo(ada, `${world.url}/`)
    await grace.says('weeds', { room: 'garden' })
    await grace.says('done')
    await reads(ada, 'done')
    await badge(ada, 'garden').waitFor({ state: 'hidden' })
    await grace.says('@Ada help', { room: 'garden' })
    await badge(ada, 'garden').filter({ hasText: '1' }).waitFor()
    await ada.locator('.arrival').waitFor({ state: 'hidden' })
    expect(await place(ada, 'garden').getAttribute('class')).toContain('rooms__link--muted')
  })

  test('loses a room that its reader is banned from, and has it again when that is lifted', async () => {
    const world = await lobby({ people: ['grace'] })
    const { grace } = world
    await world.gives(grace, 'host')
    await grace.join('garden')
    await grace.says('roses', { room: 'garden' })
    const ada = await comesIn(world, 'Ada', { been: 'garden' })
    await place(ada, 'garden').waitFor()
    const { users = [] } = await grace.request({ type: 'members', room: 'lobby' })
    const user = users.find(({ name }) => name === 'Ada')?.id ?? 0

    const { ban } = await grace.request({ type: 'ban', room: 'garden', user, by: ['device'] })
    await place(ada, 'garden').waitFor({ state: 'detached' })
    await grace.request({ type: 'unban', ban: ban?.id })
    await place(ada, 'garden').waitFor()
  })

  test('marks a room that is archived, as the switcher does, until it is opened again', async () => {
    const world = await lobby({ people: ['grace'] })
    const { grace } = world
    await world.gives(grace, 'host')
    await grace.join('garden')
    const archives = (archived: boolean) =>
      grace.request({ type: 'room', room: 'garden', set: { archived } })
    const ada = await comesIn(world, 'Ada', { been: 'garden', lang: 'zh-CN' })
    const mark = place(ada, 'garden').getByRole('img', { name: '已归档' })

    await archives(true)
    await mark.waitFor()
    expect(await axe(ada)).toEqual([])
    await ada.keyboard.press('Control+k')
    const goal = ada.locator('#switcher').getByRole('option', { name: 'garden' })
    await goal.getByRole('img', { name: '已归档' }).waitFor()
    await ada.keyboard.press('Escape')

    await archives(false)
    await mark.waitFor({ state: 'hidden' })
  })

  test('heeds at once what a person chose for a room on another device', async () => {
    const world = await lobby({ people: ['grace'] })
    const { grace } = world
    await grace.join('garden')
    const desk = await comesIn(world, 'Ada', { room: 'garden' })
    const phone = await atAnotherDevice(desk, { size: 'phone', lang: 'zh-CN' })
    await goesTo(desk, `${world.url}/`)
    await grace.says('roses', { room: 'garden' })
    await badge(desk, 'garden').filter({ hasText: '1' }).waitFor()

    await chooses(phone, '.top__about', '不提醒，只计提到我的')
    await desk.locator('.rooms__link--muted', { hasText: 'garden' }).waitFor()
    await badge(desk, 'garden').waitFor({ state: 'hidden' })
  })
})

describe('the button of the menu', () => {
  test('has a dot for what is new, a number for what calls me, and for a muted room no dot', async () => {
    const world = await lobby({ people: ['grace'] })
    const { grace } = world
    await grace.join('garden')
    const ada = await comesIn(world, 'Ada', { size: 'phone', been: 'garden' })
    await grace.says('roses', { room: 'garden' })
    await ada.locator('.button__dot').waitFor()
    await ada.getByRole('button', { name: 'there is something new in other rooms' }).waitFor()
    await grace.says('@Ada tulips', { room: 'garden' })
    await ada.getByRole('button', { name: 'unread where you are wanted: 2' }).waitFor()
    expect(await ada.locator('.button__count:visible').innerText()).toBe('2') // as the list has it
    const place = ada.locator('.rooms__link', { hasText: 'garden' })
    expect(await place.locator('.rooms__badge').textContent()).toBe('2')
    expect(await axe(ada)).toEqual([])

    await goesTo(ada, `${world.url}/r/garden`)
    await chooses(ada, '.top__about', 'Nothing, only count mentions')
    await goesTo(ada, `${world.url}/`)
    await grace.says('weeds', { room: 'garden' })
    await grace.says('done')
    await reads(ada, 'done')
    await ada.getByRole('button', { name: 'Open the menu', exact: true }).waitFor()
    expect(
      await ada.locator('.button__count, .button__dot').filter({ visible: true }).count(),
    ).toBe(0)
    await grace.says('@Ada lilies', { room: 'garden' })
    await ada.locator('.button__count', { hasText: '1' }).waitFor()
  })
})

describe('who is wanted in another room', () => {
  test.each<[string, Look, RegExp]>([
    ['a desktop', {}, /grace mentioned you in “garden”/],
    ['a dark phone', { size: 'phone', theme: 'dark', lang: 'zh-CN' }, /grace 在「garden」@ 了你/],
  ])('reads by whom and what, and gets there with one press, on %s', async (_, look, heading) => {
    const world = await lobby({ people: ['grace'] })
    const { grace } = world
    await grace.join('garden')
    const ada = await comesIn(world, 'Ada', { ...look, been: 'garden' })
    await grace.says('@Ada tulips', { room: 'garden' })
    await ada.locator('.arrival', { hasText: heading }).filter({ hasText: 'tulips' }).waitFor()
    await ada.hover('.arrival__link') // it waits for who reads it
    expect(await axe(ada)).toEqual([])
    await ada.click('.arrival__link')
    await reads(ada, 'tulips')
  })

  test('hears of the first direct message in the same way', async () => {
    const world = await lobby({ people: ['grace'] })
    const { grace } = world
    const ada = await comesIn(world, 'Ada', { size: 'phone', lang: 'zh-CN' })
    const { user } = await visitorAt(ada)
    const { room } = await grace.request({ type: 'direct', user: user.id })
    await grace.join(String(room))
    await grace.says('a secret', { room: String(room) })
    await ada.locator('.arrival', { hasText: 'Grace 给你发了私信' }).waitFor()
    await ada.locator('.arrival__text', { hasText: 'a secret' }).waitFor()
    await ada.locator('.button__count', { hasText: '1' }).waitFor()
    await ada.locator('.arrival').getByRole('button', { name: '关闭' }).click()
    await ada.locator('.arrival').waitFor({ state: 'hidden' })
  })
})

describe('the switcher', () => {
  test('by Ctrl-K offers a new room, finds it again by a few letters, and leads back', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    await ada.keyboard.press('Control+k')
    await ada.fill('#switcher-field', 'Rose Garden')
    await ada.locator('[role=option]', { hasText: 'Create the room “Rose Garden”' }).click()
    await ada.press('#making-title', 'Enter')
    await ada.waitForURL('**/r/rose-garden')
    await online(ada)
    await ada.locator('.empty', { hasText: 'Rose Garden' }).waitFor()

    await ada.keyboard.press('Control+k')
    await ada.locator('#switcher [role=option]', { hasText: 'Lobby' }).waitFor()
    expect(await axe(ada)).toEqual([])
    await ada.fill('#switcher-field', 'lob')
    await ada.press('#switcher-field', 'Enter')
    await ada.waitForURL(`${world.url}/`)
    await online(ada)
  })
})

describe('two people alone', () => {
  test('write to each other where nobody else sees it', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    const bob = await comesIn(world, 'Bob', { size: 'phone', lang: 'zh-CN', theme: 'dark' })
    const eve = await comesIn(world, 'Eve')
    await chooses(ada, ada.locator('.person', { hasText: 'Bob' }), 'Direct message')
    await ada.waitForURL(/\/r\/d-/)
    await online(ada)
    expect(await ada.locator('h1').innerText()).toContain('Bob')
    // As the head has it: smaller than beside a message.
    expect(await ada.locator('.top__face').boundingBox()).toMatchObject({ width: 36, height: 36 })
    await ada.locator('.top__status', { hasText: 'Online' }).waitFor() // in the lobby
    await ada.locator('.empty', { hasText: 'Only the two of you can see it.' }).waitFor()
    expect(await ada.locator('.share__code, .side__invite, .top__people, .people').count()).toBe(0)
    expect(await ada.locator('#input').getAttribute('placeholder')).toBe('Message Bob')
    expect(await axe(ada)).toEqual([])
    await writes(ada, 'a secret')

    await bob.click('.top__menu')
    await badge(bob, 'Ada').filter({ hasText: '1' }).waitFor()
    expect(await axe(bob)).toEqual([])
    await place(bob, 'Ada').click()
    await reads(bob, 'a secret')
    await writes(bob, '知道了')
    await reads(ada, '知道了')
    await ada.locator('.top__status', { hasText: /^Online$/ }).waitFor()
    await bob.locator('.mark', { hasText: '这是你和 Ada 私聊的开始，只有你们两人看得到' }).waitFor()
    expect(await ada.locator('.log').innerText()).not.toContain('Bob joined')
    expect([await axe(ada), await axe(bob)]).toEqual([[], []])

    const response = await eve.goto(ada.url())
    expect(response?.status()).toBe(404)
    await goesTo(eve, `${world.url}/`)
    await eve.locator('.rooms__link:visible').waitFor()
    expect(await eve.locator('.side').innerText()).not.toContain('Bob')

    await bob.context().request.post(`${world.url}/signout`)
    await ada.locator('.composer__closed', { hasText: 'Bob has signed out' }).waitFor()
    await ada.locator('.top__status', { hasText: 'Signed out' }).waitFor()
    await ada.locator('#input').waitFor({ state: 'hidden' })
  })

  test('or with the bird, which hears everything there', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
    await comesIn(world, 'Bob')
    await chooses(ada, ada.locator('.person', { hasText: '小小鸟' }), '私聊')
    await ada.waitForURL(/\/r\/d-/)
    await online(ada)
    await ada.locator('.empty', { hasText: '它每句都听，不用 @' }).waitFor()
    expect(await ada.locator('#input').getAttribute('placeholder')).toBe('发消息给机器人小小鸟')
    await writes(ada, '3+4')
    await ada.locator('.message--bot .bubble', { hasText: '7' }).waitFor()
    expect(await axe(ada)).toEqual([])
  })
})
