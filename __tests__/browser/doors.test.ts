import { describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import {
  atAnotherDevice,
  axe,
  chooses,
  comesIn,
  goesTo,
  inState,
  LAN_NAME,
  online,
  opens,
  outside,
  reads,
  toast,
  visit,
  writes,
  type Look,
} from './browser.js'

const phone: Look = { size: 'phone', theme: 'dark', lang: 'zh-CN' }

describe('an invite', () => {
  test('leads a newcomer through the sign-in into a room with a passcode, until it is revoked', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { room: 'vault' })
    await chooses(ada, '.top__about', 'Room settings')
    await ada.getByRole('checkbox', { name: 'Passcode' }).check()
    await ada.fill('#settings [type=password]', 'open sesame')
    await ada.getByRole('button', { name: 'Save' }).click()
    await toast(ada, 'Saved')
    await chooses(ada, '.top__about', 'Invite')
    await ada.locator('#share').getByLabel('People').selectOption('10')
    await ada.getByRole('button', { name: 'Create a link' }).click()
    await ada.locator('.invites__list li', { hasText: 'used: 0 of 10' }).waitFor()
    const link = await ada.getByLabel('Invite link', { exact: true }).inputValue()
    expect(await axe(ada)).toEqual([])

    const bob = await visit(link, phone)
    await bob.getByText('Ada 邀请你进入「vault」').waitFor()
    expect(await axe(bob)).toEqual([])
    await bob.fill('#name', '阿明')
    await bob.press('#name', 'Enter')
    await online(bob)
    expect(new URL(bob.url()).pathname).toBe('/r/vault')
    await writes(bob, '我来了')
    await reads(ada, '我来了')

    await ada.locator('.invites__list').getByRole('button', { name: 'Revoke' }).click()
    await ada.locator('.invites__list li').waitFor({ state: 'detached' })
    const eve = await visit(link, phone)
    await eve.getByRole('heading', { name: '这个邀请打不开了' }).waitFor()
    expect(await axe(eve)).toEqual([])
  })
})

test('the link of an invite has a code of its own, in the place of the room’s', async () => {
  const url = (await lobby()).url.replace('127.0.0.1', LAN_NAME)
  const ada = await comesIn({ url }, 'Ada', { room: 'garden' })
  await chooses(ada, '.top__about', 'Invite')
  await ada.locator('#share .share__code[src$="?room=garden"]').waitFor()
  await ada.getByRole('button', { name: 'Create a link' }).click()
  await ada.locator('.invites__list li').waitFor()
  const link = await ada.getByLabel('Invite link', { exact: true }).inputValue()
  const token = link.split('/i/')[1]
  await ada.locator(`#share .share__code[src$="/share.svg?invite=${token}"]`).waitFor()
  expect(await ada.inputValue('#share-link')).toBe(link)
  expect(await ada.locator('#share .share__code').count()).toBe(1) // of two, a phone would take either
  await ada.locator('.invites__list').getByRole('button', { name: 'Revoke' }).click()
  await ada.locator('#share .share__code[src$="?room=garden"]').waitFor()
  expect(await ada.inputValue('#share-link')).toMatch(/\/r\/garden$/)
})

test.each<[string, Look, RegExp]>([
  ['a desktop', {}, /No room here opens with this passcode/],
  ['a dark phone', phone, /口令/],
])(
  'a closed room and an absent one look alike, and a passcode opens it, on %s',
  async (_, look, refusal) => {
    const world = await lobby({ people: ['grace'], config: { 'rooms.create': 'host' } })
    await world.gives(world.grace, 'host')
    await world.grace.join('vault')
    await world.grace.request({ type: 'room', room: 'vault', set: { passcode: 'open sesame' } })
    const ada = await comesIn(world, 'Ada', look)
    const pages = []
    for (const room of ['nowhere', 'vault']) {
      const response = await ada.goto(`${world.url}/r/${room}`)
      pages.push([response?.status(), await ada.locator('main').innerText()])
    }
    expect(pages[0]).toEqual(pages[1])
    expect(pages[0]?.[0]).toBe(404)
    expect(await axe(ada)).toEqual([])

    await ada.fill('#passcode', 'a guess')
    await ada.press('#passcode', 'Enter')
    await ada.locator('#passcode-error', { hasText: refusal }).waitFor()
    await ada.locator('#passcode:focus').waitFor()
    expect(await axe(ada)).toEqual([])
    await ada.fill('#passcode', 'open sesame')
    await ada.press('#passcode', 'Enter')
    await online(ada)
    await writes(ada, 'inside')
    await inState(ada, 'inside', 'sent').waitFor()
  },
)

test('whoever gives no passcode where a room might be is asked for it in the language of the page', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada', phone)
  await ada.goto(`${world.url}/r/nowhere`)
  await ada.press('#passcode', 'Enter')
  await ada.locator('#passcode-error', { hasText: '请先输入口令' }).waitFor()
})

/** Resolves when the page that comes next has heard from the server. */
const hearsOf = (page: Page) =>
  new Promise<void>((resolve) => {
    page.once('websocket', (line) => void line.once('framereceived', () => resolve()))
  })

describe('a room that approves newcomers', () => {
  /** Grace keeps it; Ada stands before its door. */
  async function door(look: Look, name = 'Ada', config: Record<string, number> = {}) {
    const world = await lobby({ config })
    const grace = await comesIn(world, 'Grace', { room: 'club' })
    await chooses(grace, '.top__about', 'Room settings')
    await grace.getByLabel('Approve newcomers').check()
    await grace.getByRole('button', { name: 'Save' }).click()
    await toast(grace, 'Saved')
    const ada = await opens(world, '/r/club', name, look)
    return { world, grace, ada }
  }

  test('is knocked at, and opens by itself when a moderator agrees', async () => {
    const { grace, ada } = await door(phone)
    expect(await axe(ada)).toEqual([])
    await ada.getByRole('button', { name: '申请加入' }).click()
    await ada.getByRole('heading', { name: '已经申请了' }).waitFor()
    expect(await axe(ada)).toEqual([])
    await grace.locator('.knocks__one', { hasText: 'Ada' }).waitFor()
    expect(await axe(grace)).toEqual([])

    await grace.locator('.asks', { hasText: /Ada.* asks to join/ }).waitFor()
    await grace.locator('.asks').getByRole('button', { name: 'Let in' }).click()
    await online(ada)
    await writes(ada, '谢谢')
    await reads(grace, '谢谢')
    await grace.locator('.asks').waitFor({ state: 'hidden' })
    await grace.locator('.knocks__one').waitFor({ state: 'detached' })
  })

  test('tells a moderator with a phone, also in another room, and no longer once another one has answered', async () => {
    const { world, grace, ada } = await door(phone)
    const mo = await atAnotherDevice(grace, { size: 'phone', lang: 'zh-CN' })
    await goesTo(grace, `${world.url}/`)
    await ada.getByRole('button', { name: '申请加入' }).click()
    await grace.locator('.arrival', { hasText: 'Ada asks to join “club”' }).waitFor()
    await grace.click('.arrival__link')
    await mo.getByRole('button', { name: '查看成员，1 人申请加入' }).waitFor()
    expect(await axe(mo)).toEqual([])

    await grace.locator('.asks').getByRole('button', { name: 'Decline' }).click()
    await mo.locator('.asks').waitFor({ state: 'hidden' })
    await mo.getByRole('button', { name: '查看成员', exact: true }).waitFor()
  })

  test('does not say that it opens by itself where too many pages are open to hear of it', async () => {
    const { ada } = await door({ lang: 'en' }, 'Ada', { 'limits.connections_per_session': 1 })
    const greeted = hearsOf(ada)
    await ada.getByRole('button', { name: 'Ask to join' }).click()
    await ada.getByText('opens the room by itself').waitFor()
    await greeted
    const second = await ada.context().newPage()
    await second.goto(ada.url())
    await second.getByText('You have too many pages open').waitFor()
    expect(await second.locator('#knocked').innerText()).not.toContain('opens the room by itself')
    await second.close()
  })

  test('leaves nobody waiting who is sent out of the house meanwhile', async () => {
    const world = await lobby({ people: ['eve'] })
    await world.gives(world.eve, 'host')
    await world.eve.join('club')
    await world.eve.request({ type: 'room', room: 'club', set: { approval: true } })
    const ada = await opens(world, '/r/club', 'Ada')
    const greeted = hearsOf(ada)
    await ada.getByRole('button', { name: 'Ask to join' }).click()
    const knock = await world.eve.next(({ type }) => type === 'knock')
    const user = knock.type === 'knock' && knock.user.id
    await greeted
    await world.eve.request({ type: 'kick', user })
    await ada.waitForURL(/\/signin/)
  })

  test('says so to whom it turns away', async () => {
    const { grace, ada } = await door({ lang: 'en' }, 'Adelheid of Oranje')
    await ada.getByRole('button', { name: 'Ask to join' }).click()
    await grace.locator('.knocks__one').waitFor()
    expect(await outside(grace, '.knocks')).toEqual([])
    await grace.locator('.knocks').getByRole('button', { name: 'Decline' }).click()
    await ada.locator('.door__refused', { hasText: 'You were not let in this time' }).waitFor()
    await ada.getByRole('heading', { name: 'Not this time' }).waitFor()
    expect(await ada.locator('#knocked').innerText()).not.toContain('decide')
    expect(await axe(ada)).toEqual([])
    const told = await ada.locator('#knocked').innerText()
    expect(await ada.locator('.notice__actions').innerText()).toBe('To the lobby')

    await ada.reload()
    expect(await ada.locator('#knocked').innerText()).toBe(told)
    expect(await axe(ada)).toEqual([])
  })
})
