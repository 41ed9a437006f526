import {
  mkdir,
  mkdtemp,
  open,
  rename,
  rm,
  symlink,
  unlink,
  writeFile,
  readFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { isBotFile } from '../../src/dropin/bot-file.js'
import { FolderWatch } from '../../src/dropin/watch.js'

let home = ''
let folder = ''
let watch: FolderWatch | undefined
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'chat-room-watch-'))
  folder = join(home, 'bots')
})
afterEach(async () => {
  await watch?.close()
  await rm(home, { recursive: true })
})

/** What was told, in pieces as it came; `next` waits for another piece. */
async function watched() {
  const told: string[][] = []
  const texts: string[] = []
  let wake = () => {}
  watch = await FolderWatch.open({
    folder,
    counts: isBotFile,
    changed: (names) => {
      told.push([...names])
      wake()
    },
  })
  const next = async (): Promise<string[]> => {
    while (told.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    const names = told.shift() ?? []
    texts.push(await readFile(join(folder, names[0] ?? ''), 'utf8').catch(() => 'gone'))
    return names
  }
  return { next, texts, told }
}

const whole = 'export default () => {}\n'
const file = (name: string) => join(folder, name)

/** How editors and programs save. */
const ways: Record<string, (path: string) => Promise<void>> = {
  'writes over it': (path) => writeFile(path, whole),
  'empties it and then writes in pieces': async (path) => {
    const handle = await open(path, 'w')
    for (const piece of ['export ', 'default ', '() => {}\n']) {
      await handle.write(piece)
      await handle.sync()
    }
    await handle.close()
  },
  'renames another over it': async (path) => {
    await writeFile(`${path}.tmp-1`, whole)
    await rename(`${path}.tmp-1`, path)
  },
  'puts the old one away as a backup': async (path) => {
    await rename(path, `${path}~`)
    await writeFile(path, whole)
    await unlink(`${path}~`)
  },
  'deletes it and writes it anew': async (path) => {
    await unlink(path)
    await writeFile(path, whole)
  },
}

test.each(Object.keys(ways))('a program that %s has saved once', async (way) => {
  await mkdir(folder)
  await writeFile(file('dice.js'), 'export default 0')
  const { next, texts, told } = await watched()

  await ways[way]?.(file('dice.js'))
  expect(await next()).toEqual(['dice.js'])
  await writeFile(file('last.js'), whole)

  expect(await next()).toEqual(['last.js'])
  expect({ texts, told }).toEqual({ texts: [whole, whole], told: [] })
})

test('what lies there at the beginning is known and not told', async () => {
  await mkdir(folder)
  await writeFile(file('dice.js'), whole)
  await writeFile(file('words.json'), '[]')
  const { next } = await watched()

  expect([...(watch?.files.keys() ?? [])]).toEqual(['dice.js'])
  await unlink(file('dice.js'))
  expect(await next()).toEqual(['dice.js'])
  expect(watch?.files.size).toBe(0)
})

test('the folder may come later, go and come again', async () => {
  const { next } = await watched()
  await mkdir(folder)
  await writeFile(file('a.js'), whole)
  expect(await next()).toEqual(['a.js'])

  await rm(folder, { recursive: true })
  expect(await next()).toEqual(['a.js'])

  await mkdir(folder)
  await writeFile(file('b.ts'), whole)
  expect(await next()).toEqual(['b.ts'])
})

test('a link is followed, a folder is none of them', async () => {
  await mkdir(join(folder, 'lib.js'), { recursive: true })
  await writeFile(join(home, 'real.js'), whole)
  await symlink(join(home, 'real.js'), file('linked.js'))
  const { next } = await watched()

  expect([...(watch?.files.keys() ?? [])]).toEqual(['linked.js'])
  await writeFile(join(home, 'real.js'), `// changed\n${whole}`)
  expect(await next()).toEqual(['linked.js'])
})
