import type { DraftRow } from '../../src/store/sqlite/messages.js'
import type { Rule } from '../helpers/checker.js'
import type { Disk } from './disk.js'
import type { Line } from './line.js'

type On = Parameters<Disk['append']>[0]

/** A server that breaks a promise: and what the checker may call it. */
export interface Mutant {
  rules: readonly Rule[]
  disk?: (disk: Disk) => void
  line?: (line: Line) => void
}

/** Each in a way in which servers have been built. */
export const mutants: Record<string, Mutant> = {
  'keeps a line as often as it is sent': {
    rules: ['twice', 'seq'],
    disk(disk) {
      let copies = 0
      disk.append = (on, now, drafts) =>
        on.append(
          now,
          drafts.map((draft) => draft.with(5, `${draft[5]}~${++copies}`) as DraftRow),
        )
    },
  },
  'acknowledges before the commit': {
    rules: ['lost', 'seq', 'disagree', 'gap'],
    disk(disk) {
      let last: On | undefined
      let before: { id: number; seq: number }[] = []
      disk.append = (on, now, drafts) => {
        last = on
        before = on.rows('select id, seq from rooms', [])
        return on.append(now, drafts)
      }
      const crash = disk.crash.bind(disk)
      disk.crash = () => {
        last?.rollback()
        for (const { id, seq } of before) {
          last?.run('delete from events where room_id = ? and seq > ?', [id, seq])
          last?.run('update rooms set seq = ? where id = ?', [seq, id])
        }
        before = []
        crash()
      }
    },
  },
  'takes a number for what it does not keep': {
    rules: ['gap'],
    disk(disk) {
      disk.failed = (on, drafts) => {
        for (const [room] of drafts) on.run('update rooms set seq = seq + 1 where id = ?', [room])
      }
    },
  },
  'delivers in another order': {
    rules: ['gap', 'twice', 'behind'],
    line(line) {
      const write = line.write.bind(line)
      let held: Buffer | undefined
      line.write = (bytes) => {
        if (!held && tellsOfALine(bytes)) return void (held = bytes)
        write(bytes)
        if (held) write(held)
        held = undefined
      }
    },
  },
  'forgets to tell somebody': {
    rules: ['gap', 'behind'],
    line(line) {
      const write = line.write.bind(line)
      let told = 0
      line.write = (bytes) => {
        if (!tellsOfALine(bytes) || (told += 1) % 5 !== 0) write(bytes)
      }
    },
  },
}

const tellsOfALine = (bytes: Buffer): boolean => bytes.includes('{"type":"chat"')
