import { expect, test } from '@jest/globals'
import { roomName } from '../src/room-name.js'

test('a name is folded by NFKC and lower case, in any script', () => {
  expect(['Lobby', '读书会', 'ＤＥＶ', 'Ünïcode_2-x', '-', '__'].map(roomName)).toEqual([
    'lobby',
    '读书会',
    'dev',
    'ünïcode_2-x',
    '-',
    '__',
  ])
})

test.each(['', ' ', 'a b', 'a/b', '..', '\u0301a', 'a\u202eb', 'x'.repeat(41), '😀'])(
  'no room can be called %j',
  (raw) => {
    expect(roomName(raw)).toBeUndefined()
  },
)
