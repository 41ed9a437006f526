import { expect, test } from '@jest/globals'
import type { Member, MessageContext } from '../../../../src/plugin.js'
import { ServiceFailure } from '../../../../src/plugins/builtin/tencent-textchat/failure.js'
import { Rest } from '../../../../src/plugins/builtin/tencent-textchat/rest.js'
import type { Ask } from '../../../../src/plugins/builtin/tencent-textchat/service.js'
import { textchat } from '../../../../src/plugins/builtin/tencent-textchat/textchat.js'

const lin: Member = { id: 1, name: '林清晴', kind: 'person' }
const down: Ask = async () => {
  throw new ServiceFailure('it cannot be reached', { code: 'ECONNREFUSED' }, 'network')
}

test('the answer of the service is what the bot says, and nobody else is asked', async () => {
  const { tell } = bot(async ({ question }) => `「${question}」？`)

  expect(await tell('老朋友，你叫啥')).toEqual(['「你叫啥」？'])
})

test('the service hears no name and no room, only a session', async () => {
  const heard: unknown[] = []
  const { tell } = bot(async (asked) => void heard.push(asked))
  await tell('你好')

  expect(heard).toEqual([{ question: '你好', session: expect.stringMatching(/^[0-9a-f]{32}$/) }])
})

test('what the service has no answer to goes on to the offline brain', async () => {
  const { tell, logged } = bot(async () => undefined)

  expect(await tell('量子力学')).toEqual(['next'])
  expect(logged).toEqual([])
})

test.each(['@老朋友', '/roll 2d6'])('%j is for the offline brain at once', async (text) => {
  const { tell } = bot(async () => 'asked')

  expect(await tell(text)).toEqual(['next'])
})

test('a failure goes on to the offline brain and leaves one line in the log, without the text', async () => {
  const { tell, logged } = bot(down)

  expect(await tell('我的密码是 123456')).toEqual(['next'])
  expect(logged).toEqual([['network', { why: 'it cannot be reached', code: 'ECONNREFUSED' }]])
  expect(JSON.stringify(logged)).not.toContain('123456')
})

test('a slip of ours is no failure of the service: the bot fails as any other', async () => {
  const { tell } = bot(async () => {
    throw new TypeError('a slip')
  })

  await expect(tell('你好')).rejects.toThrow('a slip')
})

test('after five failures in a row it is left alone for a minute, then one try decides', async () => {
  const clock = { now: 0 }
  const service = { tries: 0, ask: down }
  const ask: Ask = (...asked) => {
    service.tries += 1
    return service.ask(...asked)
  }
  const { tell } = bot(ask, new Rest({ now: () => clock.now }))

  for (let n = 0; n < 7; n += 1) expect(await tell('你好')).toEqual(['next'])
  expect(service.tries).toBe(5)

  clock.now = 60_000
  await tell('你好')
  await tell('你好')
  expect(service.tries).toBe(6)

  clock.now = 120_000
  service.ask = async () => '回来了'
  expect(await tell('你好')).toEqual(['回来了'])
  expect(await tell('你好')).toEqual(['回来了'])
})

test('four failures and a success are no reason to rest', async () => {
  let tries = 0
  const { tell } = bot(async (asked, signal) => {
    tries += 1
    return tries % 5 === 0 ? '好' : down(asked, signal)
  })
  for (let n = 0; n < 15; n += 1) await tell('你好')

  expect(tries).toBe(15)
})

test('while the one try runs, the others do not wait for it', async () => {
  const clock = { now: 0 }
  let finish = (_answer: string) => {}
  const service = { ask: down }
  const { tell } = bot((...asked) => service.ask(...asked), new Rest({ now: () => clock.now }))
  for (let n = 0; n < 5; n += 1) await tell('你好')

  clock.now = 60_000
  service.ask = () => new Promise((resolve) => (finish = resolve))
  const trying = tell('在吗')
  expect(await tell('你好')).toEqual(['next'])
  finish('在')
  expect(await trying).toEqual(['在'])
})

/** The bot in front of this service. `tell` says what happened: words of its own, or `next`. */
function bot(ask: Ask, rest = new Rest()) {
  const logged: unknown[] = []
  const run = textchat({ ask, names: ['老朋友'], rest })
  const tell = async (text: string): Promise<string[]> => {
    const happened: string[] = []
    const ctx: Partial<MessageContext> = {
      room: { name: 'lobby', title: '', members: () => [lin], history: async () => [] },
      user: lin,
      message: { id: 1, at: 0, hop: 0, text, mentions: [] },
      signal: new AbortController().signal,
      failed: (...note) => void logged.push(note),
      reply: async (words) => happened.push(words),
    }
    await run(ctx as MessageContext, async () => void happened.push('next'))
    return happened
  }
  return { tell, logged }
}
