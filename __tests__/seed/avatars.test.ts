import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const seed = (...args: string[]) => run(process.execPath, ['scripts/seed', ...args])
const drawings = [
  ...Array.from({ length: 27 }, (_, index) => `avatars/${index}.svg`),
  'avatars/bot.svg',
  'bird.svg',
  'favicon.svg',
]

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seed-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('the committed faces are those that the script draws', async () => {
  await seed('avatars', folder)

  for (const name of drawings) {
    const drawn = await readFile(join(folder, name), 'utf8')
    expect({ name, drawn }).toEqual({ name, drawn: await readFile(`static/${name}`, 'utf8') })
  }
})

test('there are 27 different faces and the bird, small and without a script or an address', async () => {
  expect((await readdir('static/avatars')).length).toBe(28)

  const texts = await Promise.all(drawings.map((name) => readFile(`static/${name}`, 'utf8')))
  expect(new Set(texts).size).toBe(30)
  for (const name of drawings) expect((await stat(`static/${name}`)).size).toBeLessThanOrEqual(8192)
  const inside = texts.join('').replaceAll('xmlns="http://www.w3.org/2000/svg"', '')
  expect(inside).not.toMatch(/<script|<metadata|\son\w+=|https?:|xlink:href|<image|undefined|NaN/)
})

test('all faces stand on one sheet too, seven in a row, with shapes that they share drawn once', async () => {
  await seed('avatars', folder)
  const sheet = await readFile('static/faces.svg', 'utf8')
  expect(sheet).toBe(await readFile(join(folder, 'faces.svg'), 'utf8'))

  const places = [...sheet.matchAll(/<g transform="translate\((\d+) (\d+)\)"><rect/g)]
  expect(places.map(([, x, y]) => (Number(x) - 10 + (Number(y) - 10) * 7) / 1000)).toEqual(
    Array.from({ length: 27 }, (_, index) => index),
  )
  const shapes = [...sheet.matchAll(/ d="([^"]*)"/g)].map(([, shape]) => shape)
  expect(new Set(shapes).size).toBe(shapes.length)
  expect(sheet.length).toBeLessThanOrEqual(90_000)
})

test('an unknown thing to seed is answered with what there is', async () => {
  await expect(seed('hats')).rejects.toMatchObject({
    code: 64,
    stderr: expect.stringContaining('avatars'),
  })
})
