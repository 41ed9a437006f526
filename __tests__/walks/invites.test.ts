import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { countedStore, type Counted } from '../helpers/counted-store.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

const HOUR = 3_600_000

/** A room of Ada's with a passcode, and a link into it. */
async function invited({
  counted,
  ...options
}: { ms?: number; uses?: number; counted?: Counted } = {}) {
  // prettier-ignore
  const world = await lobby({ people: ['ada', 'grace'], ...(counted && { store: counted.around }) })
  await world.ada.join('vault')
  const set = { passcode: 'sesame', approval: true }
  await world.ada.request({ type: 'room', room: 'vault', set })
  const { invite } = await world.ada.request({ type: 'invite', room: 'vault', ...options })
  if (typeof invite !== 'object' || invite.url === undefined) throw new Error('no invite')
  const { ada, grace } = world
  return { world, ada, grace, invite, link: new URL(invite.url).pathname }
}

const opens = async (world: World, { cookie }: Pick<Person, 'cookie'>, link: string) => {
  const response = await world.get(link, { headers: { cookie, 'accept-language': 'en' } })
  const text = (await response.text()).replace(/nonce[-=]"?[\w+/=]+"?/g, '')
  return { status: response.status, to: response.headers.get('location'), text }
}
const list = async (ada: Person) => (await ada.request({ type: 'invites', room: 'vault' })).invites

test('a link leads into its room, past passcode and approval, and is counted once a person', async () => {
  const { world, ada, grace, link, invite } = await invited({ uses: 5, ms: HOUR })

  for (let i = 0; i < 3; i++) {
    expect(await opens(world, grace, link)).toMatchObject({ status: 303, to: '/r/vault' })
  }
  expect(await grace.join('vault')).toMatchObject({ you: { level: 'all' } })
  expect(await list(ada)).toEqual([
    {
      id: invite.id,
      by: ada.user.id,
      at: invite.at,
      used: 1,
      uses: 5,
      expires_at: invite.at + HOUR,
    },
  ])
})

test('a guest comes by way of the sign-in page', async () => {
  const { world, link } = await invited()
  const response = await world.get(link)
  expect(response.status).toBe(302)
  expect(response.headers.get('location')).toBe(`/signin?next=${encodeURIComponent(link)}`)
})

test('and reads there who invites and into which room, as long as the link opens it', async () => {
  const { world, ada, link, invite } = await invited()
  await ada.request({ type: 'room', room: 'vault', set: { title: 'The Vault' } })
  const door = async (lang: string) => {
    const next = encodeURIComponent(link)
    const response = await world.get(`/signin?next=${next}`, {
      headers: { 'accept-language': lang },
    })
    return response.text()
  }
  expect(await door('en')).toContain('ada invites you to “The Vault”')
  expect(await door('zh-CN')).toContain('ada 邀请你进入「The Vault」')

  await ada.request({ type: 'revoke', room: 'vault', invite: invite.id })
  expect(await door('en')).not.toMatch(/invites you|vault/i) // random parts of addresses are shorter
})

test('the last use is one person’s, of ten who come at once', async () => {
  const { world, link } = await invited({ uses: 1 })
  const guests = []
  for (let i = 0; i < 10; i++) guests.push(await world.signIn(`guest ${i}`))
  const answers = await Promise.all(guests.map((guest) => opens(world, guest, link)))

  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 303)).toHaveLength(1)
  expect(statuses.filter((status) => status === 404)).toHaveLength(9)
})

test('expired, used up, revoked and unknown: one page, which says what to do', async () => {
  const { world, ada, grace, link, invite } = await invited({ ms: HOUR, uses: 1 })
  const mia = await world.signIn('mia')
  await opens(world, grace, link)
  const usedUp = await opens(world, mia, link)
  const unknown = await opens(world, mia, `/i/${'A'.repeat(22)}`)
  await ada.request({ type: 'revoke', room: 'vault', invite: invite.id })
  const revoked = await opens(world, mia, link)
  world.passes(HOUR)
  const expired = await opens(world, mia, link)

  expect(unknown).toMatchObject({
    status: 404,
    text: expect.stringContaining('ask whoever invited'),
  })
  expect([usedUp, revoked, expired]).toEqual([unknown, unknown, unknown])
})

test('nobody signs in first to learn that a link opens nothing', async () => {
  const { world, grace, link } = await invited({ uses: 1 })
  const asks = async (path: string) => {
    const { status, headers } = await world.get(path, { redirect: 'manual' })
    return [status, headers.get('location')]
  }
  expect(await asks(link)).toEqual([302, `/signin?next=${encodeURIComponent(link)}`])
  await opens(world, grace, link)
  for (const path of [link, `/i/${'A'.repeat(22)}`]) expect(await asks(path)).toEqual([404, null])
})

test('a link that opens nothing costs the same, whether it was never made, is over, used up or revoked', async () => {
  const counted = countedStore()
  const { world, ada, grace, link, invite } = await invited({ ms: HOUR, uses: 1, counted })
  const mia = await world.signIn('mia')
  await opens(world, grace, link)
  const asks = async (path: string) => {
    counted.asked()
    return { answer: await opens(world, mia, path), asked: counted.asked() }
  }

  const unknown = await asks(`/i/${'A'.repeat(22)}`)
  const usedUp = await asks(link)
  await ada.request({ type: 'revoke', room: 'vault', invite: invite.id })
  const revoked = await asks(link)
  world.passes(HOUR)
  const expired = await asks(link)
  expect(unknown.asked).toContain('invites.use') // else nothing was compared
  expect([usedUp, revoked, expired]).toEqual([unknown, unknown, unknown])
})

test('who is banned from its room is told what everybody is whom it lets in no more, and spends nothing', async () => {
  const { world, ada, grace, link } = await invited({ uses: 1 })
  await ada.request({ type: 'ban', room: 'vault', user: grace.user.id, by: ['device'] })
  const unknown = await opens(world, grace, `/i/${'A'.repeat(22)}`)

  expect(await opens(world, grace, link)).toEqual(unknown)
  expect(await list(ada)).toMatchObject([{ used: 0, uses: 1 }])
  expect(await opens(world, await world.signIn('mia'), link)).toMatchObject({ status: 303 })
})

test('only moderators make, see and revoke them; a second revoking changes nothing', async () => {
  const { world, ada, grace, link, invite } = await invited()
  await opens(world, grace, link)
  for (const ask of [
    { type: 'invite' },
    { type: 'invites' },
    { type: 'revoke', invite: invite.id },
  ]) {
    await expect(grace.request({ room: 'vault', ...ask })).rejects.toMatchObject({ code: 'denied' })
  }
  const revoke = { type: 'revoke', room: 'vault', invite: invite.id }
  expect(await ada.request(revoke)).not.toHaveProperty('dup')
  expect(await ada.request(revoke)).toMatchObject({ dup: true })
  expect(await list(ada)).toEqual([])
  await expect(ada.request({ ...revoke, invite: 99 })).rejects.toMatchObject({
    code: 'no_such_invite',
  })
})

test('who was invited finds the room in the list of every device, with nothing unread', async () => {
  const { world, ada, grace, link } = await invited()
  await ada.says('before', { room: 'vault' })
  await opens(world, grace, link)
  const told = await grace.next(
    (frame) => frame.type === 'rooms' && frame.rooms[0]?.locked === true, // it was open once
  )
  expect(told).toMatchObject({ rooms: [{ name: 'vault', unread: 0 }] })
})

test('its token stands in the link alone: in no log and no file, but as a hash', async () => {
  const { world, grace, link } = await invited()
  await opens(world, grace, link)
  await opens(world, grace, `${link}x`)
  await world.server?.close()

  const token = link.slice('/i/'.length)
  expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/)
  const kept = await readFile(path.join(world.folder, 'data', 'chat-room.db'), 'latin1')
  expect(kept).not.toContain(token)
  expect(kept).toContain(createHash('sha256').update(token).digest('base64url'))
  expect(world.logged.join('\n')).not.toContain(token)
})

test('its QR code is drawn for any token, also for one that opens nothing', async () => {
  const { world, link } = await invited()
  const real = await world.get(`/share.svg?invite=${link.slice('/i/'.length)}`)
  const made = await world.get(`/share.svg?invite=${'A'.repeat(22)}`)
  expect([real.status, made.status]).toEqual([200, 200])
  expect((await world.get('/share.svg?invite=../../x')).status).toBe(404)
})
