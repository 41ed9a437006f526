import { beforeEach, expect, test } from '@jest/globals'
import { Edits } from '../../static/js/models/edits.js'
import type { Aim } from '../../static/js/models/drafts.js'
import { forgetAll } from '../../static/js/models/outbox.js'
import { said } from './room-words.js'
import { Storage } from './storage.js'

let storage: Storage
/** The page, opened anew. */
const open = (room = 'lobby') => new Edits({ storage, server: 's1', room })
const aim: Aim = { kind: 'edit', item: said(3), epoch: 'e1' }

beforeEach(() => void (storage = new Storage()))

test('an edit of which nobody knows what became of it is there for the next page, once, under its cid', () => {
  const { cid } = open().add(aim, 'at nine')
  expect(open('garden').left()).toEqual([])
  const edits = open()
  expect(edits.left()).toEqual([{ cid, text: 'at nine', aim: { ...aim, item: said(3) } }])
  expect(edits.left()).toEqual([])
})

test('one that was answered is not, nor those of this page itself', () => {
  const edits = open()
  edits.done(edits.add(aim, 'at nine'))
  expect([open().left(), storage.length]).toEqual([[], 0])
  edits.add(aim, 'at ten')
  expect(edits.left()).toEqual([])
})

test.each([
  '{',
  '{"room":"lobby"}',
  '{"room":"lobby","text":"a"}',
  '{"room":"lobby","text":"a","aim":{}}',
])('what no page of ours kept is no edit: %s', (json) => {
  storage.setItem('chat-room/edits/s1/c', json)
  expect(open().left()).toEqual([])
})

test('a full storage does not keep it from being sent, and signing out takes it away', () => {
  storage.full = true
  expect(open().add(aim, 'at nine').text).toBe('at nine')
  storage.full = false
  open().add(aim, 'at nine')
  forgetAll(storage, 's1')
  expect(open().left()).toEqual([])
})
