import { expect, test } from '@jest/globals'
import type { Triggers } from '../../src/plugin.js'
import { checkTriggers } from '../../src/plugins/module/check-triggers.js'
import { ModuleFault } from '../../src/plugins/module/module-fault.js'

/** Why triggers are refused: the name of our sentence, and what it names. */
function refusal(triggers: unknown): unknown {
  try {
    return checkTriggers(triggers as Triggers)
  } catch (error) {
    if (!(error instanceof ModuleFault)) throw error
    const { code, values = {} } = error.data
    const { keys: _keys, ...named } = values
    return [code, ...Object.values(named)]
  }
}

test('one or a list of each, in the shortest way to write it', () => {
  const roll = { name: '/Roll', aliases: ['骰子'], help: { 'zh-CN': '掷骰子', en: 'Roll dice' } }
  expect(
    checkTriggers({ command: [roll, 'coin'], keyword: 'ＤＩＣＥ', regex: /d(\d)/giu, chance: 0.5 }),
  ).toEqual({
    commands: [
      { ...roll, name: 'roll' },
      { name: 'coin', aliases: [] },
    ],
    keywords: ['dice'],
    regexes: [{ source: 'd(\\d)', flags: 'iu' }],
    mention: false,
    all: false,
    chance: 0.5,
    join: false,
    left: false,
    answer: false,
  })
})

test.each<[unknown, unknown[]]>([
  ['all', ['badTriggers']],
  [{ mentions: true }, ['unknownTrigger', 'mentions']],
  [{ mention: 'yes' }, ['badFlag', 'mention']],
  [{ all: 1 }, ['badFlag', 'all']],
  [{ chance: 5 }, ['badChance', 'chance']],
  [{ chance: '5%' }, ['badChance', 'chance']],
  [{ command: 'two words' }, ['badCommand', 'two words']],
  [{ command: ['ok', { name: 'ok', aliases: ['not/ok'] }] }, ['badCommand', 'not/ok']],
  [{ command: [7] }, ['badCommand', 'undefined']],
  [{ timer: '9s' }, ['badTimer', 'timer']],
  [{ timer: 5 }, ['badTimer', 'timer']],
  [{ timer: '30d' }, ['badTimer', 'timer']],
  [{ timer: 'often' }, ['badTimer', 'timer']],
  [{ join: 1 }, ['badFlag', 'join']],
  [{ keyword: ['', 'x'] }, ['badKeyword', 'keyword']],
  [{ regex: 'dice' }, ['badRegex', 'regex']],
])('%j is refused', (triggers, told) => {
  expect(refusal(triggers)).toEqual(told)
})

test.each([/^(a+)+$/, /(x+x+)+y/, /((a*)*)*b/])('%s could take for ever', (regex) => {
  expect(refusal({ regex })).toEqual(['slowRegex', 'regex', String(regex)])
})

test.each([/明天.*提醒/u, /^(\d+)d(\d+)$/, /https?:\/\/\S+/, /\p{Script=Han}+吗/u])(
  '%s may be used',
  (regex) => {
    expect(refusal({ regex })).toMatchObject({ regexes: [{ source: regex.source }] })
  },
)
