import { expect, test } from '@jest/globals'
import { broken, type CaseFigures } from '../../scripts/faults/verdict.mjs'

const kept: CaseFigures = { ratio: 1.1, between: [0.9, 1.4], resident: 12, kept: 1, lost: 0 }

test.each<[what: string, figures: Partial<CaseFigures>, rounds: number, faults: string[]]>([
  ['keeps every goal', {}, 9, []],
  ['is slow in all of its interval', { ratio: 1.4, between: [1.3, 1.6] }, 3, ['ratio over 1.2']],
  ['is slow by the median of many rounds', { ratio: 1.3 }, 9, ['ratio over 1.2']],
  ['may have been unlucky in few rounds', { ratio: 1.3 }, 3, []],
  ['takes memory', { resident: 21 }, 9, ['over 20 MiB']],
  ['keeps much of little', { kept: 21 }, 9, ['over 20 MiB']],
  ['is there to take memory', { resident: 400, takesMemory: true }, 9, []],
  ['loses a line', { lost: 1 }, 9, ['1 lines lost']],
])('what a bot may cost: one that %s', (_what, figures, rounds, faults) => {
  expect(broken({ ...kept, ...figures }, rounds)).toEqual(faults)
})
