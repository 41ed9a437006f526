import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { DatabaseSync } from '@photostructure/sqlite'
import { Program } from '../program.mjs'
import { Client } from './client.mjs'
import { readDiskLog, STRACE } from './disk-log.mjs'

const FILES = ['chat-room.db', 'chat-room.db-wal']
/** What a disk writes as a whole, in bytes. */
const SECTOR = 512

/**
 * The power goes while people talk: what the server wrote and when it synced is taken down by strace, and the files
 * are built as a disk may have them at a moment: all that was synced, and of the rest some writes, none, or torn ones.
 * Each image is opened, and must have every line whose ack had left by then.
 * @param {{ images: number, lines?: number, seed?: number }} options
 */
export async function powerRun({ images, lines = 1_500, seed = 20 }) {
  if (spawnSync('strace', ['-V']).error) return { notRun: 'not run: strace is missing' }
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'power-'))
  try {
    const log = join(folder, 'strace.log')
    const cids = await talk(log, lines)
    const deeds = await readDiskLog(log)
    const { seeded } = await import('../../dist/testing/seeded.js')
    return await judge(deeds, cids, { images, folder, random: seeded(seed) })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @returns the cids of all lines. */
async function talk(log, lines) {
  const cids = new Set()
  const program = await Program.prepare({ under: ['strace', ...STRACE, '-o', log] })
  const people = []
  try {
    await program.start({ within: 60_000 })
    const record = (step) => step.step === 'invoke' && cids.add(step.cid)
    for (let n = 0; n < 10; n++)
      people.push(await Client.signIn(program.url, `client ${n}`, record))
    while (!people.every(({ here }) => here)) await wait(10)
    for (let n = 0; n < lines; n++) {
      people[n % people.length].says(`line ${n}`)
      if (n % 5 === 0) await wait(1) // commits of some lines, not of all
    }
    while (people.some(({ outbox }) => outbox.size > 0)) await wait(10)
  } finally {
    for (const person of people) await person.close()
    await program.kill()
    await program.remove()
  }
  await wait(200) // strace writes its last lines
  return cids
}

async function judge(deeds, cids, { images, folder, random }) {
  const firstAck = deeds.findIndex(({ sent }) => sent?.includes('"type":"ack"'))
  const moments = Array.from({ length: images }, () =>
    Math.floor(firstAck + random() * (deeds.length - firstAck)),
  ).toSorted((a, b) => a - b)
  const disk = new Map(FILES.map((file) => [file, { kept: Buffer.alloc(0), open: [] }]))
  const found = { images, syncs: 0, 'acks until the last image': 0 }
  const faults = { lost: 0, twice: 0, gaps: 0, damaged: 0, 'with a torn or missing write': 0 }
  const acked = new Set()

  let next = 0
  for (const [index, deed] of deeds.entries()) {
    for (; moments[next] === index; next++) {
      const { files, harmed } = image(disk, random)
      if (harmed) faults['with a torn or missing write']++
      await open(files, acked, join(folder, `${next}`), faults)
    }
    take(deed, disk)
    if (deed.sync) found.syncs++
    if (deed.sent) for (const cid of acksIn(deed.sent)) if (cids.has(cid)) acked.add(cid)
    found['acks until the last image'] = acked.size
  }
  const { lost, twice, gaps, damaged } = faults
  return { ...found, ...faults, ok: lost + twice + gaps + damaged === 0 && acked.size > 0 }
}

const acksIn = (sent) =>
  [...sent.toString('latin1').matchAll(/"type":"ack","cid":"([^"]+)"/g)].map(([, cid]) => cid)

function take({ file, write, length, sync }, disk) {
  const state = disk.get(file)
  if (!state) return
  if (sync) {
    for (const one of state.open.splice(0)) state.kept = put(state.kept, one)
  } else {
    state.open.push(write ?? { length })
  }
}

/** The files as a disk may have them now: each write since the last sync is there, is not, or is there in part. */
function image(disk, random) {
  let harmed = false
  const spares = random() < 0.2
  const files = [...disk].map(([name, { kept, open }]) => {
    let bytes = kept
    for (const one of open) {
      const luck = spares ? 0 : random()
      if (luck > 0.4) harmed = true
      if (luck <= 0.4) bytes = put(bytes, one)
      else if (luck > 0.7 && one.bytes) bytes = put(bytes, torn(one, random))
    }
    return [name, bytes]
  })
  return { files, harmed }
}

/** Its first sectors, or these and nulls in place of the others. */
function torn({ at, bytes }, random) {
  const whole = Math.floor((random() * bytes.length) / SECTOR) * SECTOR
  if (random() < 0.5) return { at, bytes: bytes.subarray(0, whole) }
  return {
    at,
    bytes: Buffer.concat([bytes.subarray(0, whole), Buffer.alloc(bytes.length - whole)]),
  }
}

function put(file, { at, bytes, length }) {
  if (length !== undefined) {
    return Buffer.concat([
      file.subarray(0, length),
      Buffer.alloc(Math.max(0, length - file.length)),
    ])
  }
  const end = Math.max(file.length, at + bytes.length)
  const grown =
    end === file.length ? Buffer.from(file) : Buffer.concat([file, Buffer.alloc(end - file.length)])
  bytes.copy(grown, at)
  return grown
}

async function open(files, acked, folder, faults) {
  const stem = `${folder}-`
  for (const [name, bytes] of files) await writeFile(stem + name, bytes)
  try {
    const database = new DatabaseSync(`${stem}chat-room.db`)
    const [integrity] = Object.values(database.prepare('pragma integrity_check').get())
    if (integrity !== 'ok') faults.damaged++
    const rows = database
      .prepare('select room_id, seq, user_id, cid from events order by 1, 2')
      .all()
    database.close()
    const stored = new Set(rows.map(({ cid }) => cid))
    for (const cid of acked) if (!stored.has(cid)) faults.lost++
    faults.twice += rows.length - new Set(rows.map(({ user_id, cid }) => `${user_id} ${cid}`)).size
    const before = new Map()
    for (const { room_id, seq } of rows) {
      if (seq !== (before.get(room_id) ?? 0) + 1) faults.gaps++
      before.set(room_id, seq)
    }
  } catch (error) {
    if (faults.damaged++ === 0) process.stderr.write(`${error.message}\n`)
  } finally {
    for (const end of ['', '-wal', '-shm']) await rm(`${stem}chat-room.db${end}`, { force: true })
  }
}
