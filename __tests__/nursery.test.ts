import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'

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
