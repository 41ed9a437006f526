import { expect, test } from '@jest/globals'
import { checkName } from '../../../../src/people/name-rule.js'
import type { NicknameGenerator, PluginHost } from '../../../../src/plugin.js'
import randomName from '../../../../src/plugins/builtin/random-name/index.js'
import { nicknames } from '../../../../src/plugins/builtin/random-name/nicknames.js'
import { seeded } from '../../../../src/testing/seeded.js'

const free = () => false

test('a Chinese visitor gets one surname and one to three characters', () => {
  const names = many(nicknames({ random: seeded(1) }), { lang: 'zh-CN', taken: free })

  for (const name of names) expect(name).toMatch(/^\p{Script=Han}{2,5}$/u)
  expect([2, 3, 4, 5].every((length) => names.some((name) => name.length === length))).toBe(true)
  expect(names).toContainEqual(expect.stringMatching(/^(欧阳|司马|上官|诸葛|慕容)/))
})

test('an English visitor gets two friendly words of at most 16 characters', () => {
  const names = many(nicknames({ random: seeded(2) }), { lang: 'en', taken: free })

  for (const name of names) expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/)
  expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(16)
})

test.each(['zh-CN', 'en'] as const)(
  'there are thousands of names, each fit to enter (%s)',
  (lang) => {
    const names = new Set(many(nicknames({ random: seeded(3) }), { lang, taken: free }, 5_000))

    expect(names.size).toBeGreaterThan(2_500)
    for (const name of names) expect(checkName(name)).toMatchObject({ ok: true, name })
  },
)

test('a room of 3,000 people still finds a free name for the next, in either language', () => {
  for (const lang of ['zh-CN', 'en'] as const) {
    const held = new Set<string>()
    const generate = nicknames({ random: seeded(4) })
    for (let n = 0; n < 3_000; n += 1) {
      const name = generate({ lang, taken: (name) => held.has(name) })
      expect(held.has(name)).toBe(false)
      expect(name.length).toBeLessThanOrEqual(20)
      held.add(name)
    }
  }
})

test('it ends with a name that fits even when all are taken', () => {
  const everything = { taken: () => true }

  expect(nicknames()({ lang: 'zh-CN', ...everything })).toMatch(/^\p{Script=Han}+\d+$/u)
  expect(nicknames()({ lang: 'en', ...everything })).toMatch(/^\w+ \w+ \d+$/)
})

test('no surname meets a given name that would read as a bad word', () => {
  const names = many(nicknames({ random: seeded(5) }), { lang: 'zh-CN', taken: free }, 20_000)

  const bad = /^(吴|范|胡|黄|孙|侯|史|朱|万|龙|尹|肖)|无知|饭桶|胡言|孙子|宵小/
  expect(names.filter((name) => bad.test(name))).toEqual([])
})

test('the section chooses the language of the names, otherwise the visitor does', () => {
  expect(set({ locale: 'en' })({ lang: 'zh-CN', taken: free })).toMatch(/^[A-Z]/)
  expect(set({ locale: 'zh' })({ lang: 'en', taken: free })).toMatch(/^\p{Script=Han}/u)
  expect(set({ locale: 'auto' })({ lang: 'en', taken: free })).toMatch(/^[A-Z]/)
})

function set(config: { locale: string }): NicknameGenerator {
  let registered: NicknameGenerator | undefined
  const host: Partial<PluginHost> = {
    nickname: (generate) => {
      registered = generate
    },
  }
  randomName.setup(host as PluginHost, config)
  if (!registered) throw new Error('no generator registered')
  return registered
}

const many = (
  generate: ReturnType<typeof nicknames>,
  ask: Parameters<NicknameGenerator>[0],
  count = 1_000,
): string[] => Array.from({ length: count }, () => generate(ask))
