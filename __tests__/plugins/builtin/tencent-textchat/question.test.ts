import { expect, test } from '@jest/globals'
import { questionsFor } from '../../../../src/plugins/builtin/tencent-textchat/question.js'
import { sessionId } from '../../../../src/plugins/builtin/tencent-textchat/session-id.js'

const question = questionsFor(['老朋友', 'old-friend (1)'])
const bytes = (text: string) => Buffer.byteLength(text)

test.each([
  ['老朋友，你叫啥', '你叫啥'],
  ['@老朋友 你叫啥', '你叫啥'],
  ['你叫啥 @老朋友', '你叫啥'],
  ['@Old-Friend (1): hi', 'hi'],
  ['我有一位老朋友', '我有一位老朋友'],
  ['@老朋友', ''],
  ['  ', ''],
])('%j asks %j: without the name it is called by', (text, asked) => {
  expect(question(text)).toBe(asked)
})

test.each(['/roll 2d6', '@老朋友 /help'])('a command is not asked: %j', (text) => {
  expect(question(text)).toBe('')
})

test.each([
  ['Chinese', '好'.repeat(200), '好'.repeat(100)],
  ['Latin and Chinese', `a${'好'.repeat(100)}`, `a${'好'.repeat(99)}`],
  ['emoji', `ab${'😀'.repeat(80)}`, `ab${'😀'.repeat(74)}`],
  ['a family of one emoji', `${'a'.repeat(290)}👨‍👩‍👧`, 'a'.repeat(290)],
  ['a letter and its accent', `${'a'.repeat(299)}e\u0301`, 'a'.repeat(299)],
  ['what just fits', '好'.repeat(100), '好'.repeat(100)],
])('%s: cut to 300 bytes between two characters', (_what, text, asked) => {
  expect(question(text)).toBe(asked)
})

test('one character of more than 300 bytes is cut between its code points', () => {
  const asked = question(`e${'\u0301'.repeat(4_000)}`)

  expect(bytes(asked)).toBe(299)
  expect(asked.isWellFormed()).toBe(true)
})

test('half an emoji does not break the request', () => {
  expect(question('a\uD83D')).toBe('a\uFFFD')
})

test('a session is 32 characters of nobody’s name, one for each person in each room', () => {
  const sessions = [sessionId('lobby', 1), sessionId('lobby', 2), sessionId('dev', 1)]

  expect(new Set(sessions).size).toBe(3)
  expect(sessionId('lobby', 1)).toBe(sessions[0])
  expect(sessions.every((session) => /^[0-9a-f]{32}$/.test(session))).toBe(true)
})
