import { expect, test } from '@jest/globals'
import { initialsOf } from '../../src/chat/initials.js'

test.each([
  ['小小鸟', 'xxn'],
  ['机器人小小鸟', 'jqrxxn'],
  ['欧阳明远', 'oymy'],
  ['曾国藩', 'zgf'],
  ['解缙', 'xj'],
  ['Ada小明 2', 'adaxm2'],
  ['臺灣', 'tw'],
  ['一二三', 'yes'],
  ['Ada', undefined],
  ['さくら', undefined],
  ['', undefined],
])('%s is found by %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
