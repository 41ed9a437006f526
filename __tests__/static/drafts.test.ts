import { beforeEach, describe, expect, test } from '@jest/globals'
import { Drafts, type Aim } from '../../static/js/models/drafts.js'
import { said } from './room-words.js'
import { Storage } from './storage.js'

let storage: Storage
/** The page, opened anew. */
const open = (room = 'lobby') => new Drafts({ storage, server: 's1', room })
/** What stands in the field, what it is for, and how much waits. */
const state = ({ text, aim, over }: Drafts) => [text, aim?.kind, over]
const edit: Aim = { kind: 'edit', item: said(3), epoch: 'e1' }

beforeEach(() => void (storage = new Storage()))

function editing() {
  const drafts = open()
  drafts.write('half a thought')
  drafts.take({ text: 'line 3', aim: edit })
  drafts.write('line 3, mended')
  return drafts
}

describe('what was begun, while a message is edited', () => {
  test('waits, and is there again after it', () => {
    const drafts = editing()
    expect(state(drafts)).toEqual(['line 3, mended', 'edit', true])
    expect(drafts.leave()).toMatchObject({ kind: 'edit', item: { seq: 3 } })
    expect(state(drafts)).toEqual(['half a thought', undefined, false])
  })

  test('comes back with the edit when the page is opened anew', () => {
    editing()
    const drafts = open()
    expect(state(drafts)).toEqual(['line 3, mended', 'edit', true])
    drafts.leave()
    expect(state(open())).toEqual(['half a thought', undefined, false])
    drafts.write('')
    expect([storage.length, state(open('garden'))]).toEqual([0, ['', undefined, false]])
  })

  test('is not touched by an edit of a message that is gone: that can only be said', () => {
    const drafts = editing()
    drafts.check(() => false)
    expect(state(open())).toEqual(['line 3, mended', 'anew', true])
    drafts.leave()
    expect(state(open())).toEqual(['half a thought', undefined, false])
  })

  test('gets what was typed before the page could take it', () => {
    editing()
    open().begin('and more')
    const drafts = open()
    drafts.leave()
    expect(drafts.text).toBe('half a thought\nand more')
  })

  test('may be written on in another tab, which leaves the edit alone', () => {
    const other = open()
    editing()
    other.write('a whole thought')
    const drafts = open()
    expect(state(drafts)).toEqual(['line 3, mended', 'edit', true])
    drafts.leave()
    expect(drafts.text).toBe('a whole thought')
  })
})

test('an edit that waits under another one is taken up again, not begun a second time', () => {
  const drafts = editing()
  drafts.take({ text: 'line 4', aim: { ...edit, item: said(4) } })
  drafts.write('line 4, mended')
  expect([drafts.raise(5), drafts.text]).toEqual([false, 'line 4, mended'])
  expect(drafts.raise(3)).toBe(true)
  expect(state(open())).toEqual(['line 3, mended', 'edit', true])
  drafts.leave()
  expect(state(drafts)).toEqual(['line 4, mended', 'edit', true])
  drafts.leave()
  expect(state(open())).toEqual(['half a thought', undefined, false])
})

describe('an answer', () => {
  test('is one after the page was opened anew, too', () => {
    const drafts = open()
    drafts.mean({ kind: 'reply', item: said(3), epoch: 'e1' })
    drafts.write('I think so')
    expect(state(open())).toEqual(['I think so', 'reply', false])
    expect(drafts.leave()?.item.seq).toBe(3)
    expect(state(open())).toEqual(['I think so', undefined, false])
  })

  test('is none of what another tab wrote', () => {
    const [drafts, other] = [open(), open()]
    drafts.mean({ kind: 'reply', item: said(3), epoch: 'e1' })
    other.write('another thought')
    expect(state(open())).toEqual(['another thought', undefined, false])
  })
})

test('an answer that is given up before an edit keeps its text for the next line', () => {
  const drafts = editing()
  drafts.take({ text: '', aim: { kind: 'reply', item: said(4), epoch: 'e1' } })
  drafts.write('I think so')
  expect(drafts.giveUp()).toMatchObject({ kind: 'reply', item: { seq: 4 } })
  expect(state(drafts)).toEqual(['line 3, mended', 'edit', true])
  drafts.giveUp()
  expect(state(open())).toEqual(['half a thought\nI think so', undefined, false])
})

test('a line that was to be sent is not sent by itself after the page was opened anew', () => {
  const line = { cid: 'c', room: 'lobby', data: 'later', at: 1, n: 1, state: 'waiting' as const }
  open().take({ text: 'later', aim: { kind: 'anew', item: said(0), line } })
  expect(open().aim?.line?.state).toBe('failed')
})

test.each([
  '{',
  '7',
  '[{"text":""},{"text":7}]',
  '[{"text":""},{"text":"a","aim":{"kind":"edit"}}]',
])('what no page of ours kept is no draft: %s', (json) => {
  storage.setItem('chat-room/draft/s1/lobby', 'half a thought')
  storage.setItem('chat-room/aims/s1/lobby', json)
  expect(state(open())).toEqual(['half a thought', undefined, false])
})

test('a full storage is told', () => {
  storage.full = true
  expect(open().write('half')).toBe(false)
})
