import { expect, test } from '@jest/globals'
import { anywhere, may, mayJudge, mayTouch, type Asking } from '../../src/chat/rights.js'

const asking = (other: Partial<Asking> = {}): Asking => ({
  role: undefined,
  room: anywhere,
  mutedMs: 0,
  ...other,
})
const mod = asking({ role: 'mod' })
const host = asking({ role: 'host' })

test('the first rule that refuses has the word, and says for how long', () => {
  const muted = asking({ mutedMs: 5_000, room: { ...anywhere, archived: true } })
  expect(may('chat', muted)).toMatchObject({ code: 'denied', details: { why: 'archived' } })
  expect(may('chat', asking({ mutedMs: 5_000 }))).toMatchObject({
    code: 'muted',
    details: { waitMs: 5_000 },
  })
})

test.each([
  ['own, in time', asking(), { own: true, late: false }, undefined, undefined],
  ['own, late', asking(), { own: true, late: true }, 'too_late', 'too_late'],
  ['of others', asking(), { own: false, late: false }, 'denied', 'denied'],
  ['of others, by a moderator', mod, { own: false, late: true }, 'denied', undefined],
  ['own, late, by a moderator', mod, { own: true, late: true }, 'too_late', undefined],
])('a message that is %s', (_, who, message, edit, recall) => {
  expect(mayTouch('edit', who, message)?.code).toBe(edit)
  expect(mayTouch('recall', who, message)?.code).toBe(recall)
})

test.each([
  ['somebody', { role: undefined }, undefined, undefined],
  ['a moderator', { role: 'mod' as const }, 'peers', undefined],
  ['a host', { role: 'host' as const }, 'peers', 'peers'],
  ['oneself', { role: undefined, self: true }, 'self', 'self'],
  ['a bot', { role: undefined, person: false }, 'nobody', 'nobody'],
])('acting on %s', (_, judged, byMod, byHost) => {
  const person = { self: false, person: true, ...judged }
  expect(mayJudge('mute', mod, person)?.details.why).toBe(byMod)
  expect(mayJudge('mute', host, person)?.details.why).toBe(byHost)
})

test('in a room of two both pin, and nobody rules', () => {
  const direct = asking({ room: { ...anywhere, kind: 'direct' } })
  expect(may('pin', direct)).toBeUndefined()
  expect(may('pin', asking())?.details.why).toBe('moderators')
  expect(may('kick', direct)?.details.why).toBe('moderators')
})
