import { pino, type Logger } from 'pino'

export type { Logger }

/**
 * The server's log: JSON lines on standard error. It names things by id and never holds a message
 * text, a cookie or a token; who logs, passes ids.
 * @param level pino's level; `silent` for tests that assert on something else.
 */
export const createLog = (level: string = 'info'): Logger =>
  pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  )
