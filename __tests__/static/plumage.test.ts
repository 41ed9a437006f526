import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { plumageOf, plumed } from '../../static/js/models/plumage.js'

const bird = readFileSync('static/avatars/bot.svg', 'utf8')
const coloursIn = (svg: string) => new Set(svg.match(/#[\da-f]{6}/g))

test('the first bot is the bird, and eight in a row are all different', () => {
  expect(plumageOf(0)).toBe(0)
  expect(new Set([0, -1, -2, -3, -4, -5, -6, -7].map(plumageOf)).size).toBe(8)
  expect(plumageOf(-8)).toBe(plumageOf(-1)) // no second bird
})

test.each([1, 2, 3, 4, 5, 6, 7])('in plumage %i only beak, feet and face are the bird’s', (n) => {
  const [own, other] = [coloursIn(bird), coloursIn(plumed(bird, n))]
  expect(other.size).toBe(own.size)
  const kept = [...other].filter((colour) => own.has(colour)).toSorted()
  expect(kept).toEqual(['#231c4d', '#f08c1b', '#f59a23', '#ff8fb1', '#ffb238'])
})
