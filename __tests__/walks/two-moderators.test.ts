import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { lobby } from '../helpers/lobby.js'
import { Nack, type Person } from '../helpers/person.js'

const MINUTE = 60_000

/** Two moderators of the house and Bob, in a den. */
async function den() {
  const world = await lobby({ people: ['mo', 'mia', 'bob', 'late'] })
  const { mo, mia, bob } = world
  for (const person of [mo, mia]) await world.gives(person, 'mod')
  for (const person of [mo, mia, bob]) await person.join('den')
  return world
}
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'granted',
    (error: unknown) => (error instanceof Nack ? error.code : Promise.reject(error)),
  )
const sets = (person: Person, set: object) => person.request({ type: 'room', room: 'den', set })
const audit = async (person: Person) =>
  ((await person.request({ type: 'audit', room: 'den' })).entries ?? []).map(({ action }) => action)

test.each([5 * MINUTE, 0])(
  'one mutes and one lifts: what holds is what the log and Bob were told last (%d)',
  async (first) => {
    const { mo, mia, bob } = await den()
    const mute = (by: Person, ms: number) =>
      by.request({ type: 'mute', room: 'den', user: bob.user.id, ms })
    await Promise.all([mute(mo, first), mute(mia, 5 * MINUTE - first)])

    const [last] = await audit(mo)
    const said = await codeOf(bob.says('may I', { room: 'den' }))
    const told = bob.frames.findLast(({ type }) => type === 'muted')
    const isMuted = last === 'mute'
    expect([said, told !== undefined && 'muted_until' in told]).toEqual([isMuted ? 'muted' : 'granted', isMuted]) // prettier-ignore
  },
)

test('both take the same message back: one event, one entry, and both are answered', async () => {
  const { mo, mia, bob } = await den()
  const { seq = 0 } = await bob.says('rude', { room: 'den' })
  const answers = await Promise.all([mo, mia].map((by) => by.recalls(seq, { room: 'den' })))

  expect(answers.filter(({ dup }) => dup)).toHaveLength(1)
  await bob.hears('den')
  expect(bob.heard('den').filter(({ type }) => type === 'recall')).toHaveLength(1)
  expect((await audit(mo)).filter((action) => action === 'recall')).toHaveLength(1)
})

test('both set the room: everybody ends with the same settings, and as many lines as changes', async () => {
  const { mo, mia, bob, late } = await den()
  await Promise.all([sets(mo, { slow_ms: 5_000, math: true }), sets(mia, { slow_ms: 9_000, announce: true })]) // prettier-ignore

  const { settings } = await late.join('den')
  expect(settings).toMatchObject({ math: true, announce: true })
  await bob.hears('den')
  expect(bob.frames.findLast(({ type }) => type === 'room')).toMatchObject({ settings })
  expect(bob.heard('den').filter(({ type }) => type === 'notice')).toHaveLength(2)
  expect(await audit(mo)).toEqual(['settings', 'settings'])
})

test('both want the same of it: it is changed once', async () => {
  const { mo, mia, bob } = await den()
  const answers = await Promise.all([sets(mo, { math: true }), sets(mia, { math: true })])
  expect(answers.map(({ settings }) => settings?.math)).toEqual([true, true])
  await bob.hears('den')
  expect(bob.heard('den').filter(({ type }) => type === 'notice')).toHaveLength(1)
  expect(await audit(mo)).toEqual(['settings'])
})

test('an invite is revoked while ten open it: who was counted is in, and nobody else', async () => {
  const world = await den()
  await sets(world.mo, { passcode: 'sesame' })
  const { invite } = await world.mo.request({ type: 'invite', room: 'den' })
  if (typeof invite !== 'object') throw new Error('no invite')
  const guests = []
  for (let i = 0; i < 10; i++) guests.push(await world.enters(`guest ${i}`))
  const opens = ({ cookie }: Person) =>
    world.get(new URL(invite.url ?? '').pathname, { headers: { cookie } })
  const revoke = (by: Person) => by.request({ type: 'revoke', room: 'den', invite: invite.id })

  const early = guests.slice(0, 5).map(opens)
  const revoked = [revoke(world.mo), revoke(world.mia)]
  const answers = await Promise.all([...early, ...guests.slice(5).map(opens)])
  expect((await Promise.all(revoked)).filter(({ dup }) => dup)).toHaveLength(1)
  const joins = await Promise.all(guests.map((guest) => codeOf(guest.join('den'))))
  expect(joins).toEqual(answers.map(({ status }) => (status === 303 ? 'granted' : 'no_such_room')))
})

test('both see to the same report: one did it, and the list says who', async () => {
  const { mo, mia, bob, late } = await den()
  await late.join('den')
  const { seq } = await late.says('hm', { room: 'den' })
  await bob.request({ type: 'report', room: 'den', message: seq })
  const { reports = [] } = await mo.request({ type: 'reports' })
  const handle = (by: Person) => by.request({ type: 'handled', report: reports[0]?.id })
  const [one, other] = await Promise.all([handle(mo), handle(mia)])

  const first = one?.dup ? 'mia' : 'mo'
  expect([one?.dup, other?.dup].filter(Boolean)).toHaveLength(1)
  const after = await mo.request({ type: 'reports' })
  expect(after.reports).toMatchObject([{ handled: { by: { name: first } } }])
  expect(await audit(mo)).toEqual(['handled'])
})

test.each([true, false])(
  'one lets somebody in and the other turns them away: the door is as the log says last (%s)',
  async (first) => {
    const { mo, mia, late } = await den()
    await sets(mo, { approval: true })
    await codeOf(late.join('den'))
    const approve = (by: Person, on: boolean) =>
      by.request({ type: 'approve', room: 'den', user: late.user.id, on })
    await Promise.all([approve(mo, first), approve(mia, !first)])

    const { entries = [] } = await mo.request({ type: 'audit', room: 'den', limit: 1 })
    const { on } = z.object({ on: z.boolean() }).parse(entries[0]?.['details'])
    expect(await codeOf(late.join('den'))).toBe(on ? 'granted' : 'denied')
    const told = late.frames.findLast(({ type }) => type === 'approved')
    expect(told).toMatchObject({ room: 'den', on })
  },
)

test('one keeps a person out while the other lets them in: the door and the list of bans agree', async () => {
  const { mo, mia, bob } = await den()
  const ban = { type: 'ban', room: 'den', user: bob.user.id, by: ['device'] }
  const { ban: made } = await mo.request(ban)
  await Promise.all([mo.request(ban), mia.request({ type: 'unban', room: 'den', ban: made?.id })])

  const { bans = [] } = await mo.request({ type: 'bans', room: 'den' })
  expect(bans).toHaveLength(1)
  expect(await codeOf(bob.join('den'))).toBe('no_such_room')
})
