import { expect, test } from '@jest/globals'
import { SharedList } from '../../src/chat/shared-list.js'

test('the same list has the same bytes, another one its own', () => {
  const list = new SharedList()
  const first = list.of(['{"id":1}', '{"name":"黄"}'])
  expect(first.toString()).toBe('{"id":1},{"name":"黄"}')
  expect(list.of(['{"id":1}', '{"name":"黄"}'])).toBe(first)
  expect(list.of(['{"id":1}']).toString()).toBe('{"id":1}')
  expect(list.of([]).toString()).toBe('')
  expect(first.toString()).toBe('{"id":1},{"name":"黄"}') // for who has not sent it yet
})
