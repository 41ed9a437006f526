import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from '@jest/globals'
import { openStore } from '../../src/store/open.js'
import { folder, run } from './program.js'

let home = ''
beforeEach(async () => {
  home = folder()
  const store = await openStore({ url: '', data: join(home, 'data') })
  await store.close()
})
const before = () => readFileSync(join(home, 'data/chat-room.db'))

test('without a name a backup gets one with the moment in it', async () => {
  expect(await run(['backup'], { cwd: home })).toMatchObject({ code: 0 })
  expect(readdirSync(home)).toContainEqual(expect.stringMatching(/^chat-room-\d{8}-\d{6}\.db$/))
})

/** Runs the program, which keeps a diary of the disk. @param refused What it may not do there. */
const withDiary = (args: readonly string[], refused = '') => {
  const diary = new URL('../fixtures/disk-diary.mjs', import.meta.url)
  return run(args, {
    cwd: home,
    env: { NODE_OPTIONS: `--import ${diary}`, ...(refused && { REFUSED: refused }) },
  })
}

/** In which order it waited for the disk, changed names and said something. */
async function diaryOf(...asked: Parameters<typeof withDiary>): Promise<string[]> {
  const { code, stderr } = await withDiary(...asked)
  expect(code).toBe(0)
  return stderr.split('\n').filter((line) => !/^(remove|$)/.test(line))
}

test('a backup is on the disk, whole and under its name, before anything is said', async () => {
  expect(await diaryOf(['backup', 'copy.db'])).toEqual([
    'sync copy.db.part',
    'rename copy.db.part copy.db',
    'sync .',
    'say',
    'say',
  ])
})

test.each([
  {
    how: 'as it is',
    beside: [],
    kept: ['link data/chat-room.db data/kept.db'],
  },
  {
    how: 'as a copy, where no file can have two names',
    beside: [],
    refused: 'linkSync',
    kept: [
      'copy data/chat-room.db data/kept.db.part',
      'sync data/kept.db.part',
      'rename data/kept.db.part data/kept.db',
    ],
  },
  {
    how: 'with what a server left beside it',
    beside: ['-wal'],
    kept: [
      'copy data/chat-room.db data/kept.db.part',
      'copy data/chat-room.db-wal data/kept.db-wal.part',
      'sync data/kept.db.part',
      'sync data/kept.db-wal.part',
      'rename data/kept.db-wal.part data/kept.db-wal',
      'rename data/kept.db.part data/kept.db',
    ],
  },
])(
  'what a restore replaces is kept on the disk before, $how',
  async ({ beside, refused, kept }) => {
    await run(['backup', 'copy.db'], { cwd: home })
    for (const end of ['-wal', '-shm'])
      rmSync(join(home, `data/chat-room.db${end}`), { force: true })
    for (const end of beside) writeFileSync(join(home, `data/chat-room.db${end}`), '')

    const diary = await diaryOf(['restore', 'copy.db'], refused)
    expect(diary.map((line) => line.replace(/chat-room\.before-[-\d]+/g, 'kept'))).toEqual([
      'sync data/chat-room.db.restored.part',
      'rename data/chat-room.db.restored.part data/chat-room.db.restored',
      'sync data',
      ...kept,
      'sync data',
      'rename data/chat-room.db.restored data/chat-room.db',
      'sync data',
      'say',
      'say',
    ])
  },
)

test('where what is there cannot be kept, a restore is refused in a sentence, and leaves nothing behind', async () => {
  await run(['backup', 'copy.db'], { cwd: home })
  const [data, files] = [before(), readdirSync(join(home, 'data'))]

  const { code, stderr } = await withDiary(['restore', 'copy.db'], 'linkSync copyFileSync')
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/cannot be written .*Nothing was changed/),
  ])
  expect(before().equals(data)).toBe(true)
  expect(readdirSync(join(home, 'data')).filter((file) => !/lock|pid/.test(file))).toEqual(files)
})

test.each([
  { args: ['backup', 'taken'], code: 1, says: 'taken is there already' },
  { args: ['backup', 'no/such/folder'], code: 1, says: 'cannot be written' },
  { args: ['backup', '--data', 'elsewhere'], code: 78, says: 'There is nothing to back up yet' },
  { args: ['backup', 'a', 'b'], code: 64, says: 'b' },
  { args: ['restore'], code: 64, says: 'The path of a backup is missing' },
  { args: ['restore', 'nothing'], code: 1, says: 'There is no file' },
  { args: ['restore', 'taken'], code: 1, says: 'is not a data file of the chat room' },
])('$args is refused in a sentence, and nothing changes', async ({ args, code, says }) => {
  writeFileSync(join(home, 'taken'), 'a letter')
  const [data, files] = [before(), readdirSync(join(home, 'data'))]

  const refused = await run(args, { cwd: home })
  expect([refused.code, refused.stderr]).toEqual([code, expect.stringContaining(says)])
  expect(before().equals(data)).toBe(true)
  expect(readdirSync(join(home, 'data')).filter((file) => !/lock|pid/.test(file))).toEqual(files)
})

test('a data file that is damaged is kept as it is, with what lies beside it', async () => {
  await run(['backup', 'copy.db'], { cwd: home })
  writeFileSync(join(home, 'data/chat-room.db'), 'not a database any more')
  writeFileSync(join(home, 'data/chat-room.db-wal'), 'nor is this')

  expect(await run(['restore', 'copy.db'], { cwd: home })).toMatchObject({ code: 0 })
  const kept = readdirSync(join(home, 'data')).find((file) => /before-.*\.db$/.test(file)) ?? ''
  const read = (file: string) => readFileSync(join(home, 'data', file), 'utf8')
  expect([read(kept), read(`${kept}-wal`)]).toEqual(['not a database any more', 'nor is this'])
})
