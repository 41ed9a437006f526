import { parentPort } from 'node:worker_threads'
import { reasonOf, sqliteCode } from '../reason.js'
import { writeRows } from '../written.js'
import { Connection } from './connection.js'
import type { Fault, Job, Reply, Request } from './messages.js'

/**
 * The thread in which SQLite runs, because its calls wait for the disk. It answers one request after the
 * other, in their order; the first one opens a file.
 */
let connection: Connection | undefined

parentPort?.on('message', ([id, ...job]: Request) => answer(attempt(id, () => done(id, job))))

function done(id: number, job: Job): Reply {
  if (job[0] === 'open') {
    connection = new Connection(job[1])
    return { id }
  }
  if (!connection) throw new Error('no file is open')
  switch (job[0]) {
    case 'rows':
      return { id, rows: connection.rows(job[1], job[2]) }
    case 'moment':
      return { id, moment: connection.moment(job[1]) }
    case 'page':
      return { id, page: writeRows(connection.rows(job[1], job[2]), job[3]) }
    case 'run':
      return { id, changes: connection.run(job[1], job[2]) }
    case 'append':
      return { id, outcomes: connection.append(job[1], job[2]) }
    case 'takeUp':
      return { id, changes: connection.takeUp(job[1], job[2]) }
    case 'rollback':
      connection.rollback()
      return { id }
    case 'close':
      connection.close()
      return { id }
  }
}

function attempt(id: number, work: () => Reply): Reply {
  try {
    return work()
  } catch (error) {
    return { id, fault: faultOf(error) }
  }
}

function faultOf(error: unknown): Fault {
  const code = sqliteCode(error)
  return { message: reasonOf(error), ...(code !== undefined && { code }) }
}

function answer(reply: Reply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(reply, reply.page ? [reply.page.json.buffer] : [])
}
