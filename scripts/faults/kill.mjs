import { setTimeout as wait } from 'node:timers/promises'
import { Program } from '../program.mjs'
import { check } from './checker.mjs'
import { Client } from './client.mjs'
import { integrityOf, LOST_WITHIN_MS, Talk, until } from './talk.mjs'

/** What is kept counts; how long a start took is told, and a busy machine may take its time. */
const PATIENCE_MS = 600_000

/**
 * Kills the server with SIGKILL at random moments while people talk, starts it again, lets them come back
 * and resend, and asks the checker what was lost, doubled or left out.
 * @param {import('./kill.mjs').KillOptions} options
 * @returns {Promise<import('./kill.mjs').KillOutcome>}
 */
export async function killRun({ times, rate, clients = 20, say = () => {} }) {
  const steps = []
  const program = await Program.prepare()
  const people = []
  const talk = new Talk(people, rate)
  try {
    await program.start({ within: PATIENCE_MS })
    for (let i = 0; i < clients; i++)
      people.push(await Client.signIn(program.url, `client ${i}`, (step) => steps.push(step)))
    await until(() => people.every(({ here }) => here), 'everybody is in the room', PATIENCE_MS)
    talk.begin()

    const restarts = []
    const resumes = []
    for (let i = 1; i <= times; i++) {
      await wait(200 + Math.random() * 1_000)
      const { restart, resume } = await killOnce(program, people)
      restarts.push(restart)
      resumes.push(resume)
      say(`kill ${i} of ${times}: ready after ${Math.round(restart)} ms`)
    }

    talk.end()
    await wait(2 * LOST_WITHIN_MS) // the last connections that were to break have broken
    await until(
      () => people.every((one) => one.here && one.outbox.size === 0),
      'all is acked',
      PATIENCE_MS,
    )
    const log = await people[0].wholeLog()
    const head = log.at(-1)?.seq ?? 0
    const heardAll = () => people.every(({ place }) => place.at >= head)
    await until(heardAll, 'everybody heard all', 5_000).catch(() => {}) // the checker says who is behind
    people.forEach((person) => person.recordPlace())
    for (const person of people) await person.close()
    const exitCode = await program.stop()

    const violations = check({ steps, log: { lobby: log } })
    return {
      kills: times,
      sent: steps.filter(({ step }) => step === 'invoke').length,
      acked: sum(people.map(({ acked }) => acked)),
      resent: sum(people.map(({ resent }) => resent)),
      stored: log.length,
      heard: steps.filter(({ step }) => step === 'event').length,
      restartMs: spread(restarts),
      resumeMs: spread(resumes),
      integrity: integrityOf(program.database),
      exitCode,
      violations,
    }
  } finally {
    talk.end()
    for (const person of people) await person.close()
    await program.remove()
  }
}

/** Milliseconds until it was ready again, and until everybody was back in the room. */
async function killOnce(program, people) {
  const begun = performance.now()
  await program.kill()
  await program.start({ within: PATIENCE_MS })
  const restart = performance.now() - begun
  await until(() => people.every(({ here }) => here), 'everybody is back', PATIENCE_MS)
  return { restart, resume: performance.now() - begun }
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

function spread(numbers) {
  const sorted = numbers.map(Math.round).toSorted((a, b) => a - b)
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, max: sorted.at(-1) ?? 0 }
}
