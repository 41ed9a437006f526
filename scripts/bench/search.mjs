import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Program } from '../program.mjs'
import { lines, people } from '../seed-world-lines.mjs'
import { world } from '../seed-world.mjs'
import { ackTimes } from './acks.mjs'
import { connect, summary } from './asker.mjs'
import { keepToLoadCore, SERVER_CORE } from './setup.mjs'

/**
 * What searching costs in a room with a long past, and what it costs those who talk.
 * @param {{ messages: number, searches: number }} options `searches`: of each kind; with fewer than some hundreds
 * the 99th percentile is but the longest of them, which is the first: nothing was asked before it.
 * @param {(line: string) => void} say
 */
export async function measureSearch({ messages, searches }, say) {
  keepToLoadCore()
  const program = await Program.prepare({ cpu: SERVER_CORE })
  try {
    say(`storing ${messages} messages`)
    const begun = performance.now()
    await world([dirname(program.database), '--messages', `${messages}`])
    const fillMs = performance.now() - begun
    const sizes = await measureSizes(program.database)

    const readyMs = await program.start({ within: 60_000 })
    say(`ready after ${Math.round(readyMs)} ms`)
    const client = await connect(program.url, 'reader')
    const kinds = await measureKinds(client, { messages, searches }, say)
    client.close()
    const history = await measureHistory(program.url, { messages, searches })

    say('acknowledgements, with and without somebody who searches')
    const alone = await ackTimes(program.url, 'alone')
    const beside = await withSearcher(program.url, messages, () => ackTimes(program.url, 'beside'))
    await program.stop()

    say('appending, with and without the index')
    const appends = await measureAppends(dirname(program.database))
    return {
      messages,
      searches,
      fillMs,
      sizes,
      readyMs,
      kinds,
      history,
      acks: { alone, beside },
      appends,
    }
  } finally {
    await program.remove()
  }
}

/** @returns {string[][]} rows: what, p50, p99, longest, in milliseconds. */
export function searchTable({ messages, searches, fillMs, sizes, readyMs, kinds, ...others }) {
  const { history, acks, appends } = others
  const ms = ({ p50, p99, max }) => [p50, p99, max].map((n) => n.toFixed(2))
  const mib = (bytes) => (bytes / 2 ** 20).toFixed(1)
  const rows = [
    [
      `${messages} messages, ${searches} of each kind; ms from request to answer`,
      'p50',
      'p99',
      'max',
    ],
    ...kinds.map(({ name, times }) => [`search: ${name}`, ...ms(times)]),
    ['search: all of these', ...ms(summary(kinds.flatMap(({ all }) => all)))],
    ['a page of history, 50 lines', ...ms(history.page)],
    ['beside it, a question that reads nothing', ...ms(history.bare)],
    ['a hit and what stands around it, two pages', ...ms(history.around)],
    ['ack at 200 messages/s', ...ms(acks.alone)],
    ['ack at 200 messages/s, while somebody searches without a pause', ...ms(acks.beside)],
    ...appends.map(({ rows, indexed, bare }) => [
      `storing ${rows} at once, indexed`,
      ...ms(indexed),
      `not indexed: ${ms(bare).join(', ')}`,
    ]),
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  const line = ([name, ...cells]) =>
    [name.padEnd(width), ...cells.map((cell) => cell.padStart(7))].join('  ').trimEnd()
  return [
    ...rows.map(line),
    '',
    `the file has ${mib(sizes.file)} MiB, of it the index ${mib(sizes.index)}, the order of its numbers ${mib(sizes.numbers)}`,
    `stored in ${(fillMs / 1_000).toFixed(1)} s (${Math.round(messages / (fillMs / 1_000))}/s, 500 at once); ready after ${Math.round(readyMs)} ms`,
  ].join('\n')
}

/** What people look for, by kind: each call another question of it. */
const questions = (messages) => {
  const rounds = Math.floor(messages / lines.length)
  const number = () => `${2 + Math.floor(Math.random() * (rounds - 1))}`
  const chinese = lines.flatMap(({ text }) => text.match(/\p{sc=Han}{5,}/gu) ?? [])
  const part = (length) => {
    const text = any(chinese)
    const from = Math.floor(Math.random() * (text.length - length + 1))
    return text.slice(from, from + length)
  }
  const words = lines.flatMap(({ text }) => text.match(/[a-z]{4,}/gi) ?? [])
  const day = () => new Date(Date.now() - Math.random() * 7 * 86_400_000).toISOString().slice(0, 10)
  return {
    'one Chinese character': () => part(1),
    'two Chinese characters': () => part(2),
    'three Chinese characters': () => part(3),
    'four Chinese characters': () => part(4),
    'a common word': () => any(words),
    'three letters that begin it': () => any(words).slice(0, 3),
    'two words': () => `${any(words)} ${any(words)}`,
    'a phrase': () => '"' + any(['front desk', 'works for me', 'Count me in', 'the phone']) + '"',
    'a rare word': () => `"${number()}"`,
    'Chinese and a rare word': () => `${part(2)} "${number()}"`,
    'common characters that never stand so': () => any(['的我来', '了我的不', '在的我', '我我我']),
    'nothing that was ever said': () => any(['鲸鱼', 'leviathan', '🦑', '没有人说过']),
    'from somebody': () => `from:${any(people)}`,
    'from somebody, with a word': () => `from:${any(people)} ${part(1)}`,
    'in a room': () => `in:${any(['lobby', '读书会', 'dev'])} ${part(1)}`,
    'with a link': () => `has:link ${any(['grid', '文档', 'docs'])}`,
    'before a day': () => `before:${day()} ${part(1)}`,
    'between two days': () => `after:${day()} before:${day()} ${any(words)}`,
    'of a bot': () => `bot:yes ${part(1)}`,
  }
}

const any = (list) => list[Math.floor(Math.random() * list.length)]

async function measureKinds(client, { messages, searches }, say) {
  const kinds = []
  for (const [name, question] of Object.entries(questions(messages))) {
    const all = []
    for (let i = 0; i < searches; i++) {
      all.push(await client.timed({ type: 'search', q: question(), limit: 20 }))
    }
    kinds.push({ name, all, times: summary(all) })
    say(`${name}: p99 ${summary(all).p99.toFixed(2)} ms`)
  }
  const all = []
  let cursor = null
  for (let i = 0; i < searches; i++) {
    const page = { type: 'search', q: '的', limit: 50, ...(cursor && { cursor }) }
    all.push(await client.timed(page, (answer) => (cursor = answer.cursor)))
  }
  return [...kinds, { name: 'page after page', all, times: summary(all) }]
}

/** A person may read 200 times in one go, so there are several of them. */
const READS = 50

/**
 * Beside the pages it asks for a nickname, which costs the store nothing: what that takes at the tail is the machine's.
 * The first pages are not counted: the server's code is still being translated.
 */
async function measureHistory(url, { messages, searches }) {
  const seq = () => 1 + Math.floor(Math.random() * (messages / 2))
  const [page, around, bare] = [[], [], []]
  const warm = await connect(url, 'warm')
  for (let i = 0; i < 3 * READS; i++)
    await warm.timed({ type: 'history', room: 'lobby', limit: 50, before: seq() })
  warm.close()
  for (let done = 0; done < searches; done += READS) {
    const client = await connect(url, `reader${done}`)
    const history = (limit, window) =>
      client.timed({ type: 'history', room: 'lobby', limit, ...window })
    for (let i = 0; i < Math.min(READS, searches - done); i++) {
      page.push(await history(50, { before: seq() }))
      bare.push(await client.timed({ type: 'nickname' }))
      const hit = seq()
      const both = [history(25, { before: hit + 1 }), history(25, { after: hit })]
      around.push(Math.max(...(await Promise.all(both))))
    }
    client.close()
  }
  return { page: summary(page), around: summary(around), bare: summary(bare) }
}

/** Somebody who asks the dear questions, the next one as soon as one is answered. */
async function withSearcher(url, messages, work) {
  const client = await connect(url, 'searcher')
  const { 'common characters that never stand so': dear, 'one Chinese character': common } =
    questions(messages)
  const over = new AbortController()
  const searching = (async () => {
    while (!over.signal.aborted)
      await client.timed({ type: 'search', q: Math.random() < 0.5 ? dear() : common() })
  })()
  try {
    return await work()
  } finally {
    over.abort()
    await searching
    client.close()
  }
}

/** A notice is stored as a message is, but not indexed. */
async function measureAppends(data) {
  const { openStore } = await import('../../dist/store/open.js')
  const store = await openStore({ url: '', data })
  const lobby = await store.rooms.byName('lobby')
  const user = { id: 1, name: people[0], imageid: '0', kind: 'person' }
  let count = 0
  const drafts = (type, rows) =>
    Array.from({ length: rows }, () => {
      const { text } = lines[count % lines.length]
      return {
        roomId: lobby.id,
        type,
        user,
        cid: `append-${++count}-0000`,
        data: text,
        received: text,
      }
    })
  const timed = async (type, rows) => {
    const batch = drafts(type, rows)
    const start = performance.now()
    await store.append(batch, Date.now())
    return performance.now() - start
  }
  try {
    const results = []
    for (const rows of [1, 20, 200]) {
      const [indexed, bare] = [[], []]
      for (let i = 0; i < 500; i++) {
        indexed.push(await timed('chat', rows))
        bare.push(await timed('notice', rows))
      }
      results.push({ rows, indexed: summary(indexed), bare: summary(bare) })
    }
    return results
  } finally {
    await store.close()
  }
}

async function measureSizes(file) {
  const { openDatabase } = await import('../../dist/store/sqlite/driver.js')
  const db = openDatabase(file, true)
  const pages = db.prepare('select sum(pgsize) as bytes from dbstat where name glob ?')
  const bytes = (name) => pages.get(name)?.bytes ?? Number.NaN
  const sizes = {
    file: statSync(file).size,
    index: bytes('search_*'),
    numbers: bytes('events_by_doc'),
  }
  db.close()
  return sizes
}
