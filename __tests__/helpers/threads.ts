import type { Worker } from 'node:worker_threads'
import { afterAll } from '@jest/globals'
import { startWorker, type Threads } from '../../src/store/sqlite/thread.js'

const idle: Worker[] = []
let over = false

/**
 * Threads for the stores of a file's tests, one after the other: to start one costs more than what most tests do
 * with it. One that has not closed its file as it should is never seen again.
 */
export const threads: Threads = {
  take: () => idle.pop() ?? startWorker(),
  async give(worker) {
    // By their names: Node has listeners of its own on it.
    for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
    if (over) await worker.terminate()
    else idle.push(worker)
  },
}

afterAll(async () => {
  over = true
  for (const worker of idle.splice(0)) await worker.terminate()
})
