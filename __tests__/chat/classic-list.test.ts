import { expect, test } from '@jest/globals'
import { classic } from '../../src/chat/lines/classic.js'
import { PAGE_BYTES, type User } from '../../src/protocol.js'

/** Of a frame that is too long for the short kinds of header. */
const HEADER_BYTES = 10

const crowd = Array.from({ length: 9_000 }, (_, index): User => ({
  id: index + 1,
  name: `访客 ${index + 1}`,
  imageid: '3',
  kind: 'person',
}))

test('the list of a crowd fits into one page, with who came first and oneself', () => {
  const self = crowd.at(-1) as User
  const [, list = Buffer.alloc(0)] = classic.opening({ head: 7, at: 0 }, self, crowd)
  expect(list.length).toBeLessThanOrEqual(PAGE_BYTES)

  const { data }: { data: User[] } = JSON.parse(list.subarray(HEADER_BYTES).toString())
  expect(data.length).toBeGreaterThan(3_000)
  expect([data[0]?.id, data.at(-1)?.id, data.at(-2)?.id]).toEqual([1, 9_000, data.length - 1])
})
