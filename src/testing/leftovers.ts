/** What Node keeps open for a program: servers, watchers, other programs. */
const KINDS = new Set(['TCPServerWrap', 'UDPWrap', 'PipeServerWrap', 'FSEventWrap', 'ProcessWrap'])

/** Remembers what is there now. @returns what has come since then and is still there, in words. */
export function watchLeftovers(): () => string[] {
  const before = census()
  return () =>
    [...census()].flatMap(([what, count]) => {
      const more = count - (before.get(what) ?? 0)
      return more > 0 ? [`${more} × ${what}`] : []
    })
}

function census(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const event of process.eventNames()) {
    counts.set(`listener of process "${String(event)}"`, process.listenerCount(event))
  }
  for (const kind of process.getActiveResourcesInfo().filter((kind) => KINDS.has(kind))) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}
