import { version } from '../../version.js'
import type { ControlAct } from '../acts.js'

/** What a server says of itself. */
export const status: ControlAct = async (_, { listening }) => ({
  version,
  port: listening?.port ?? 0,
  ...(listening && { listening }),
})
