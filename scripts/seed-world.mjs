import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { lines, people, rooms } from './seed-world-lines.mjs'

const DAY_MS = 86_400_000
/** How far back the talk begins. */
const DAYS = 7
const BATCH = 500

/**
 * Fills a data folder with a small lively world: people, rooms, short and long texts, Chinese and English. The
 * same each time but for the clock. The server that owns the folder must be stopped.
 * @param {string[]} args `[folder] [--messages N]`; `data/` and 200 messages by default.
 */
export async function world(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { messages: { type: 'string', default: '200' } },
  })
  const messages = Number(values.messages)
  if (!Number.isSafeInteger(messages) || messages < 1)
    throw new RangeError(`--messages takes a whole number from 1, not "${values.messages}"`)
  const { openStore, lockData } = await built()
  const data = resolve(positionals[0] ?? 'data')
  const lock = await lockData(data)
  const store = await openStore({ url: '', data })
  try {
    await fill(store, messages)
  } finally {
    await store.close()
    await lock.release()
  }
  process.stdout.write(
    `${data}: ${people.length} people, ${rooms.length} rooms, ${messages} messages\n`,
  )
}

async function built() {
  const open = new URL('../dist/store/open.js', import.meta.url)
  if (!existsSync(open)) throw new Error('dist/ is missing: run `npm run build` first')
  const { openStore } = await import(open.href)
  const { lockData } = await import(new URL('../dist/store/lock.js', import.meta.url).href)
  return { openStore, lockData }
}

async function fill(store, messages) {
  const begin = Date.now() - DAYS * DAY_MS
  const rows = []
  for (const { name, title } of rooms)
    rows.push(await store.rooms.ensure({ name, title, at: begin }))
  const users = []
  for (const [index, name] of people.entries()) users.push(await signIn(store, name, index, begin))

  const step = (DAYS * DAY_MS) / messages
  for (let start = 0; start < messages; start += BATCH) {
    const count = Math.min(BATCH, messages - start)
    const drafts = Array.from({ length: count }, (_, i) => draft(start + i, rows, users))
    await store.append(drafts, Math.round(begin + step * start))
  }
}

/** Their names are free again for whoever comes: the sessions are as old as the talk. */
const signIn = (store, name, index, begin) =>
  store.users.signIn({
    name,
    skeleton: name.toLowerCase(),
    imageid: `${index % 27}`,
    sidHash: `seed-${begin}-${index}`,
    now: begin,
    heldSince: begin,
    bornSince: begin,
  })

function draft(index, rows, users) {
  const { by, text, room = 0 } = lines[index % lines.length]
  const round = Math.floor(index / lines.length)
  const data = round === 0 ? text : `${text} (${round + 1})`
  return {
    roomId: rows[room].id,
    type: 'chat',
    user: users[by],
    cid: `seed-${index}-${rows[room].id}`,
    data,
    received: data,
  }
}
