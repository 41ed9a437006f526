import { setTimeout as wait } from 'node:timers/promises'

/** Faults of the server's process and of its clock. What a case is: machine.mjs. */
export const processCases = {
  'SIGTERM under a hundred lines, and a start': {
    id: 'F16',
    async does({ program, people }) {
      for (let n = 0; n < 100; n++) people[n % people.length].says(`at the end ${n}`)
      const begun = performance.now()
      const code = await program.stop()
      if (code !== 0) throw new Error(`it ended with ${code}`)
      const closed = Math.round(performance.now() - begun)
      return `exit 0 after ${closed} ms, ready after ${Math.round(await program.start({ within: 120_000 }))} ms`
    },
  },
  'stopped for 45 s (SIGSTOP)': {
    id: 'F17',
    async does({ program }) {
      process.kill(program.pid, 'SIGSTOP')
      await wait(45_000)
      process.kill(program.pid, 'SIGCONT')
      return 'clients left after 40 s, and came back'
    },
  },
  'clock a day ahead, a day behind, 10 s back': {
    id: 'F18',
    shim: true,
    async does({ fault }) {
      for (const seconds of [86_400, -86_400, -10]) {
        await fault('clock', `${seconds}`)
        await wait(1_000)
      }
      return 'order by number as ever'
    },
  },
}
