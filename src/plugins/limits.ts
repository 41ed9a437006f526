/** How much a plugin may take before the server goes on without it. Times in milliseconds. */
export interface PluginLimits {
  /** A room middleware's own time for one message, without that of `next()`. */
  own: number
  /** A bot's time for one answer. */
  bot: number
  command: number
  nickname: number
  setup: number
  cleanup: number
  /** Failures in a row after which a middleware rests, and for how long. */
  failures: number
  rest: number
  /** The worker: heap in MB, what it may take beside it, time between two heartbeats, and how many it may miss. */
  heapMb: number
  outsideMb: number
  beat: number
  missedBeats: number
  /** What the turns of one plugin's bots may take of a core in the long run, and how much at once. */
  share: number
  spree: number
  /** Pause before a dead worker is started again; doubled each time up to the second figure. */
  restart: number
  restartMost: number
}

/** What holds unless a test says otherwise. */
export const LIMITS: PluginLimits = {
  own: 2_000,
  bot: 30_000,
  command: 10_000,
  nickname: 2_000,
  setup: 10_000,
  cleanup: 5_000,
  failures: 5,
  rest: 60_000,
  heapMb: 128,
  outsideMb: 128,
  beat: 1_000,
  missedBeats: 5,
  share: 0.1,
  spree: 1_000,
  restart: 100,
  restartMost: 30_000,
}
