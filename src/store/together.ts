import { setImmediate } from 'node:timers/promises'

/** Questions of one statement; SQLite takes 32,766 values in one. */
const AT_ONCE = 500

interface Waiting<Q, A> {
  question: Q
  resolve: (answer: A) => void
  reject: (reason: unknown) => void
}

/**
 * Questions of one kind go to the store together: those of one turn of the loop, and while they are under way, what
 * comes meanwhile is the next. When a thousand people come back at once, what costs is not what is looked up but each
 * way to the thread and back.
 * @param ask Asks them all, and says how to find the answer to each.
 */
export function together<Q, A>(
  ask: (questions: readonly Q[]) => Promise<(question: Q) => A>,
): (question: Q) => Promise<A> {
  const waiting: Waiting<Q, A>[] = []
  let asking = false

  async function run(): Promise<void> {
    asking = true
    while (waiting.length > 0) {
      await setImmediate() // the turn may bring more of them
      await askAll(waiting.splice(0, AT_ONCE))
    }
    asking = false
  }

  async function askAll(asked: readonly Waiting<Q, A>[]): Promise<void> {
    try {
      const answerTo = await ask(asked.map(({ question }) => question))
      for (const { question, resolve } of asked) resolve(answerTo(question))
    } catch (error) {
      for (const { reject } of asked) reject(error)
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (!asking) void run()
    })
}
