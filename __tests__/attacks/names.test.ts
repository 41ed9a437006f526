import { expect, test } from '@jest/globals'
import { openPeople } from '../people/open-people.js'

/** Two hundred ways to be taken for somebody else: a person who is here, a bot, or the house. */

const likenesses: Record<string, string> = { a: 'аａ𝐚𝖆ⓐɑ', d: 'ԁｄ𝐝ⓓ', e: 'еｅ𝐞ⓔ', i: 'іｉ𝐢ⓘ1l', o: 'оｏ𝐨ⓞ0', m: 'ｍ𝐦ⓜ', n: 'ｎ𝐧ⓝ', s: 'ѕｓ𝐬ⓢ', t: 'ｔ𝐭ⓣ', h: 'һｈ𝐡ⓗ', b: 'ｂ𝐛ⓑ', r: 'ｒ𝐫ⓡ', y: 'уｙ𝐲ⓨ', 鸟: '鳥', 机: '機', 员: '員' } // prettier-ignore
const invisible = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u034f', '\u061c', '\u180e', '\u200e', '\u200f', '\u202a', '\u202d', '\u202e', '\u2066', '\u2069', '\u3164', '\u115f', '\uffa0', '\u2800', '\u{e0061}', '\ufe0f', '\u0000', '\n', '\u001b[2K'] // prettier-ignore
const held = ['ada', '小小鸟', 'bird', 'admin', 'system', 'host', '管理员', '机器人']

const spoofs = held.flatMap((name) => {
  const chars = Array.from(name)
  const swapped = chars.flatMap((char, at) =>
    Array.from(likenesses[char] ?? '').map((like) => chars.with(at, like).join('')),
  )
  const hidden = invisible.map((mark) => `${chars[0]}${mark}${chars.slice(1).join('')}`)
  const dressed = [` ${name} `, `\u3000${name}`, name.toUpperCase(), `${name}\u0301\u0302\u0303`, `\u202e${chars.toReversed().join('')}\u202c`] // prettier-ignore
  return [...swapped, ...hidden, ...dressed]
})

test('two hundred names that would be taken for others’ are refused', async () => {
  const { people } = await openPeople({ reserved: ['小小鸟', 'bird', '机器人'] })
  await people.enters('ada')
  const taken: string[] = []
  for (const name of spoofs) {
    const result = await people.signIn({ name, imageid: '0' })
    if (!('refused' in result)) taken.push(JSON.stringify(name))
  }
  expect(spoofs.length).toBeGreaterThan(200)
  expect(taken).toEqual([])
})
