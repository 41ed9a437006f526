import { setTimeout as wait } from 'node:timers/promises'
import { dirname } from 'node:path'
import { at } from './bots.mjs'

/** Makes the folder $0 read-only for what it runs, and for nothing else. */
const READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'

/** Faults of the disk. What a case is: machine.mjs. */
export const diskCases = {
  'fsync fails (EIO)': {
    id: 'F3',
    shim: true,
    async does({ program, fault }) {
      const heal = await fault('fsync')
      const code = await program.ended(120_000)
      if (code !== 1) throw new Error(`it ended with ${code}`)
      await heal()
      return `exit 1, ready after ${Math.round(await program.start({ within: 120_000 }))} ms`
    },
  },
  'reads fail (EIO) for 3 s, and at a start': {
    id: 'F3',
    shim: true,
    drops: false,
    async does({ program, fault }) {
      const heal = await fault('read')
      await wait(3_000)
      if (program.gone) throw new Error('it ended')
      await program.stop()
      const { code, lines } = await program.ends()
      await heal()
      await program.start({ within: 120_000 })
      if (code !== 78 || lines.length !== 1) throw new Error(`exit ${code}: ${lines.join(' | ')}`)
      return 'went on with what it had read; at the start exit 78, one line'
    },
  },
  'disk full for 3 s': {
    id: 'F4',
    shim: true,
    drops: false,
    does: (world) => refusesLines(world, 'full'),
  },
  'read-only disk for 3 s': {
    id: 'F5',
    shim: true,
    drops: false,
    does: (world) => refusesLines(world, 'readonly'),
  },
  'read-only disk at the start': {
    id: 'F5',
    own: 'mounts',
    async does({ program }) {
      await program.stop()
      const under = ['unshare', '-m', 'sh', '-c', READ_ONLY, dirname(program.database)]
      const { code, ms, lines } = await program.ends({ under })
      await program.start({ within: 120_000 })
      if (code !== 78 || lines.length !== 1) throw new Error(`exit ${code}: ${lines.join(' | ')}`)
      return `exit 78 after ${Math.round(ms)} ms, one line`
    },
  },
  'slow disk: a sync takes 2 s': {
    id: 'F8',
    shim: true,
    drops: false,
    async does({ program, people, steps, fault }) {
      const heal = await fault('slow')
      const before = steps.length
      for (let n = 0; n < 3_000; n++) people[n % people.length].says(`pressed ${n}`)
      const answers = []
      for (const end = performance.now() + 10_000; performance.now() < end; await wait(100)) {
        const begun = performance.now()
        await (await fetch(`${program.url}/healthz`)).text()
        answers.push(performance.now() - begun)
      }
      await heal()
      const putOff = steps.slice(before).filter(({ step }) => step === 'retry').length
      if (putOff === 0) throw new Error('no line was put off')
      return `${putOff} times put off as overload; /healthz p99 ${Math.round(at(answers, 0.99))} ms meanwhile`
    },
  },
}

/** Lines are put off, reading goes on, and when the disk is well again nothing has to be restarted. */
async function refusesLines({ reader, steps, fault }, name) {
  const heal = await fault(name)
  const before = steps.length
  await wait(1_500)
  const head = (await reader.wholeLog()).length
  await wait(1_500)
  const putOff = steps.slice(before).filter(({ step }) => step === 'retry').length
  await heal()
  if (putOff === 0) throw new Error('no line was put off')
  return `${putOff} times put off, ${head} lines read meanwhile`
}
