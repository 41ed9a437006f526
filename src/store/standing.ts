import type { Standing } from './store.js'

/** How a standing is kept. */
export const approvedOf: Record<Standing, number> = { in: 1, waits: 0, away: -1 }

export const standingOf = (approved: number): Standing =>
  approved === approvedOf.in ? 'in' : approved === approvedOf.waits ? 'waits' : 'away'
