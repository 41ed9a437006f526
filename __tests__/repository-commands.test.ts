import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const { scripts } = createRequire(import.meta.url)('../package.json')

/** What `npm run` has for who works on the server, by its file. */
const commands = {
  bench: 'bench.mjs',
  compat: 'compat.mjs',
  faults: 'faults.mjs',
  figures: 'page-figures.mjs',
  pictures: 'pictures.mjs',
}

test.each(Object.entries(commands))('npm run %s builds what it runs first', (name, file) => {
  const script = file.replace('.mjs', '')
  expect(scripts).toHaveProperty(name, `node scripts/with-build.mjs ${script}`)
})

async function runs(file: string, ...words: string[]) {
  const path = fileURLToPath(new URL(`../scripts/${file}`, import.meta.url))
  const child = spawn(process.execPath, [path, ...words])
  const said = [text(child.stdout), text(child.stderr)]
  const [code] = await once(child, 'close')
  const [stdout = '', stderr = ''] = await Promise.all(said)
  return { code, stdout, stderr }
}

test.each(Object.entries(commands))(
  'npm run %s tells how it is used, and shows no stack to who mistypes',
  async (name, file) => {
    const both = [runs(file, '--help'), runs(file, '--nonsense')] as const
    const [asked, mistyped] = await Promise.all(both)
    expect(asked).toEqual({ code: 0, stdout: expect.stringContaining(`npm run ${name}`), stderr: '' }) // prettier-ignore
    expect(mistyped).toMatchObject({ stdout: '', stderr: expect.stringContaining("'--nonsense'") })
    expect(mistyped.code).not.toBe(0)
    expect(mistyped.stderr).not.toMatch(/\n\s+at /)
  },
)
