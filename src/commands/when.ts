/** A moment as people write it, in the time of this machine: `2026-01-31 18:05`. @param ms Since 1970 UTC. */
export const when = (ms: number): string => new Date(ms).toLocaleString('sv-SE').slice(0, 16)

/** A moment as a part of a file's name: `20260131-180500`. @param ms Since 1970 UTC. */
export const stamp = (ms: number): string =>
  new Date(ms).toLocaleString('sv-SE').replace(/[-:]/g, '').replace(' ', '-')
