import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { openStore } from '../../../src/store/open.js'
import { threads } from '../../helpers/threads.js'
import { find } from '../read-page.js'
import { asking } from '../searching.js'
import { keep, tempFolder, tidy } from '../../helpers/tidy.js'
import { edit, line, NOON, recall, room } from '../world.js'

afterEach(tidy)

const LINES = 3_000
/** A word that no other message has, and that begins like none, so that the index keeps the whole of it. */
const word = (index: number) => `${['zephyr', 'quokka', 'jigsaw'][index % 3]}${index * 7_919}xq`

test('of what was recalled or edited away no byte is left in the file, texts and index', async () => {
  const data = await tempFolder()
  const store = keep(await openStore({ url: '', data, threads }))
  const lobby = await room(store)
  const lines = Array.from({ length: LINES }, (_, i) => line(lobby, `雨伞 ${word(i)} and more`))
  for (let start = 0; start < LINES; start += 100) {
    await store.append(lines.slice(start, start + 100), NOON)
  }
  // Everything is in the index, as after any search.
  expect((await find(store, { ...asking('雨伞'), rooms: [lobby] })).more).toBe(true)
  const gone = (index: number) => index % 10 === 3
  for (let index = 0; index < LINES; index++) {
    if (!gone(index)) continue
    const change = index % 20 === 3 ? recall(lobby, index + 1) : edit(lobby, index + 1, 'nothing')
    await store.append([change], NOON)
  }
  await store.close()

  const file = await readFile(path.join(data, 'chat-room.db'), 'latin1')
  const words = Array.from({ length: LINES }, (_, index) => word(index))
  expect(words.filter((text, index) => gone(index) && file.includes(text))).toEqual([])
  expect(words.filter((text, index) => !gone(index) && !file.includes(text))).toEqual([])
})

test('some time after a recall its text has left the log beside the file as well', async () => {
  const data = await tempFolder()
  const store = keep(await openStore({ url: '', data, eraseAfter: 0, threads }))
  const lobby = await room(store)
  await store.append([line(lobby, word(1)), line(lobby, word(2))], NOON)
  const lying = async (text: string) => {
    const files = ['chat-room.db', 'chat-room.db-wal'].map((name) => path.join(data, name))
    const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')))
    return texts.some((bytes) => bytes.includes(text))
  }
  expect((await find(store, { ...asking('more'), rooms: [lobby] })).events).toEqual([])
  expect([await lying(word(1)), await lying(word(2))]).toEqual([true, true])

  await store.append([recall(lobby, 1)], NOON)
  while (await lying(word(1))) await store.ping()

  expect(await lying(word(2))).toBe(true)
})
