import { expect, test } from '@jest/globals'
import { readable } from '../src/readable-log.js'

const time = new Date(2026, 10, 27, 9, 5, 7).toISOString()
const read = (line: object) => readable(JSON.stringify({ level: 30, time, ...line }))

test('a line of the log reads as when, what, and the rest by name', () => {
  expect(read({ msg: 'read marks were not kept', level: 40, room: 3, plugin: 'bot:dice' })).toBe(
    '09:05:07  warning  read marks were not kept  room=3  plugin="bot:dice"\n',
  )
})

test('of an error its stack stands below', () => {
  expect(read({ msg: 'closing failed', level: 50, err: { stack: 'Error: no\n  at x' } })).toBe(
    '09:05:07  error  closing failed\n    Error: no\n      at x\n',
  )
})

test('nothing in it is a command to the terminal', () => {
  expect(read({ msg: 'a\u001B[2Jb\u202Ec', name: '\u009B2J' })).not.toMatch(/[^\P{C}\n]/u)
})
