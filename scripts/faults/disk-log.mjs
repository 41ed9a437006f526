import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * What a program did to its disk and told the network, in order, from a log of strace.
 * @typedef {{ file: string, write: { at: number, bytes: Buffer } }
 *   | { file: string, length: number } | { file: string, sync: true } | { sent: Buffer }} Deed
 */

/** The options for strace under which {@link readDiskLog} understands its log. */
export const STRACE = `-D -f -q -y -xx -s 200000 -e
trace=write,writev,sendto,sendmsg,pwrite64,pwritev,fsync,fdatasync,ftruncate`.split(/\s/)

const CALL = /^(?:\d+ +)?(\w+)\((\d+)<([^>]*)>(.*)$/
const RESUMED = /^(?:\d+ +)?<\.\.\. (\w+) resumed>/

/**
 * A write counts from its beginning, since it may be on the disk or on the way from then on; a sync from its end.
 * @param {string} log
 * @returns {Promise<Deed[]>}
 */
export async function readDiskLog(log) {
  const deeds = []
  const syncing = new Map() // pid → file
  for await (const line of createInterface({ input: createReadStream(log) })) {
    const pid = line.split(' ', 1)[0]
    if (RESUMED.test(line)) {
      const file = syncing.get(pid)
      if (file !== undefined && line.includes('= 0')) deeds.push({ file, sync: true })
      syncing.delete(pid)
      continue
    }
    const [, call, , where = '', rest = ''] = CALL.exec(line) ?? []
    if (call === undefined) continue
    const file = basename(plain(where))
    if (call === 'fsync' || call === 'fdatasync') {
      if (rest.includes('unfinished')) syncing.set(pid, file)
      else if (rest.includes('= 0')) deeds.push({ file, sync: true })
    } else if (call === 'ftruncate') {
      deeds.push({ file, length: Number(/^, (\d+)/.exec(rest)?.[1]) })
    } else if (call.startsWith('pwrite')) {
      const at = Number(/, (\d+)(?:\)| <unf)/.exec(rest.slice(rest.lastIndexOf('"')))?.[1])
      deeds.push({ file, write: { at, bytes: bytesIn(rest) } })
    } else if (file.startsWith('socket:') || where.includes('TCP')) {
      deeds.push({ sent: bytesIn(rest) })
    }
  }
  return deeds
}

/** All strings of a call's arguments, one after the other. */
const bytesIn = (text) =>
  Buffer.concat([...text.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex]) => unhex(hex)))

const unhex = (text) => Buffer.from(text.replaceAll('\\x', ''), 'hex')
const plain = (text) => (text.startsWith('\\x') ? unhex(text).toString() : text)
