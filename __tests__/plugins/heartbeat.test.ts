import { expect, test } from '@jest/globals'
import { Heartbeat } from '../../src/plugins/worker/heartbeat.js'

const MB = 1_048_576

/** A heart whose time the test passes: `quarter()` is a quarter of a beat. */
function heart() {
  const told: string[] = []
  const later: (() => void)[] = []
  let resident = 100 * MB
  const opened = new Heartbeat({
    limits: { beat: 60_000, missedBeats: 3, outsideMb: 50 },
    ping: () => void told.push('ping'),
    end: (reason) => void told.push(reason.message),
    resident: () => resident,
    soon: (work) => void later.push(work),
  })
  opened.stop() // its clock
  const quarter = (times = 1) => {
    for (let n = 0; n < times; n++) opened.look()
  }
  /** What came meanwhile was read. */
  const reads = () => later.splice(0).forEach((work) => work())
  return { opened, told, quarter, reads, grows: (by: number) => void (resident += by * MB) }
}

test('a worker is asked once a beat, and ended when it let three of them pass', () => {
  const { told, quarter, opened } = heart()
  quarter(4)
  opened.answered(0)
  quarter(4)
  expect([told, opened.late]).toEqual([['ping', 'ping'], false])

  quarter(12)
  expect(opened.late).toBe(true)
  expect(told.at(-1)).toBe('it did not answer for 180000 ms')
})

test('one that says that it took too much beside its heap is ended', () => {
  const { told, opened } = heart()
  opened.answered(49 * MB)
  expect(told).toEqual([])
  opened.answered(51 * MB)
  expect(told).toEqual(['it took more than 50 MB beside its heap'])
})

test('when the program grows it is asked at once, and ended if it does not answer', () => {
  const { told, quarter, opened, reads, grows } = heart()
  grows(60)
  quarter()
  opened.answered(0) // it was somebody else
  quarter(2)
  expect(told).toEqual(['ping'])

  grows(60)
  quarter(2)
  reads()
  expect(told).toEqual(['ping', 'ping', 'it took more than 50 MB beside its heap'])
})

test('a program that grew itself, and did not come to read the answer for that, blames nobody', () => {
  const { told, quarter, opened, reads, grows } = heart()
  quarter(4)
  grows(60)
  quarter() // the answer to the ping lies there already
  opened.answered(0)
  reads()
  expect(told).toEqual(['ping'])
})
