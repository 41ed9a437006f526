import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { onceAfterWork } from '../src/once-after-work.js'

const dist = new URL('../dist/nursery.js', import.meta.url)

/** How big V8 makes the nursery of a program of which much survives, in MB. */
async function nursery(before: string): Promise<number> {
  const program = `${before}
    import { getHeapSpaceStatistics } from 'node:v8'
    const kept = Array.from({ length: 500_000 }, (_, n) => ({ text: 'number ' + n }))
    const spaces = getHeapSpaceStatistics()
    const { space_size: size } = spaces.find(({ space_name: name }) => name === 'new_space')
    console.log(kept.length > 0 && size / 2 ** 20)`
  const args = ['--input-type=module', '--eval', program]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return Number(stdout)
}

test('a program that loads much has no nursery bigger than it needs when idle', async () => {
  const small = await nursery(`import '${dist.href}'`)
  expect(small).toBeGreaterThan(0)
  expect(small).toBeLessThan((await nursery('')) / 2)
})

test('memory is saved once work is over, for a while, and not before the next work is over', () => {
  const isDue = onceAfterWork()
  const looks = (share: number, many: number) =>
    Array.from({ length: many }, () => isDue(share)).filter(Boolean).length

  expect(looks(0.02, 5)).toBe(0) // nothing was done yet
  expect(looks(0.5, 5)).toBe(0)
  expect(looks(0.02, 3)).toBe(3)
  expect(looks(0.15, 1)).toBe(0)
  const rest = looks(0.02, 100)
  expect([rest > 5, rest < 20]).toEqual([true, true])
  expect(looks(0.02, 100)).toBe(0)
})
