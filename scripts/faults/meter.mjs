import { getHeapSpaceStatistics } from 'node:v8'

/**
 * Loaded into a server that is measured, before it: tells over the channel what memory it takes. Garbage that V8 has
 * not looked at yet says nothing about a server, and differs by tens of MiB from one reading to the next.
 */
process.on('message', (asked) => {
  if (asked === 'old generation') return process.send(oldGeneration())
  if (asked !== 'memory') return
  globalThis.gc()
  globalThis.gc() // what the first one found to be finalised is gone with the second
  const { rss, heapUsed, external } = process.memoryUsage()
  const handles = process.getActiveResourcesInfo().length
  process.send({ resident: rss, kept: heapUsed + external, handles })
})

const oldGeneration = () =>
  getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space').space_used_size
