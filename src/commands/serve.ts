import { Exit } from '../errors.js'
import { fill, texts } from '../i18n/index.js'
import type { Logger } from '../log.js'
import { addressesOf, isLoopback } from './addresses.js'
import { listeningAt } from '../listen.js'
import { growWithWork } from '../nursery.js'
import type { RunningServer } from '../server.js'
import { lockData } from '../store/lock.js'
import type { Command, CommandContext } from './command.js'
import { linkAt } from './host-link.js'

/** How long closing may take: acknowledged lines are safe, so nobody waits for the last client. */
const CLOSE_MS = 30_000
const CRASH_CLOSE_MS = 5000
/** One Ctrl+C comes from the terminal and again from npm: it is no second signal. */
const ECHO_MS = 250

/** Opens the room and stays until it is told to stop. */
export const serve: Command = async (context) => {
  const { config, lang, log, print, recent } = context
  const end = awaitEnd(context)
  let forget = () => {}
  try {
    // Before all the rest is loaded, which takes longer: who cannot start is told so at once.
    const lock = await lockData(config.server.data, lang)
    const { startServer } = await import('../server.js')
    const server = await startServer(config, { log, lock, recent, say: print, broken: end.crashed })
    await announce(context, server)
    forget = growWithWork()

    const { code, within } = await end.reason
    const closed = await closeWithin(within, () => server.close(), log)
    return closed && !end.crashes() ? code : Exit.failure
  } finally {
    end.forget()
    forget()
  }
}

interface End {
  /** With which code to end. */
  code: number
  /** How long closing may take, in milliseconds. */
  within: number
}

/**
 * Waits for a signal, or for an error after which nothing can go on. A second signal ends the program at once; a second
 * error does not, for what fails once fails again while lines are still answered.
 */
function awaitEnd({ exit, log }: CommandContext) {
  const { promise: reason, resolve } = withResolvers<End>()
  let endingSince: number | undefined
  let crashes = 0
  const stop = (end: End) => {
    if (endingSince !== undefined) return exit(Exit.failure)
    endingSince = performance.now()
    resolve(end)
  }
  const asked = () => {
    const echo = endingSince !== undefined && performance.now() - endingSince < ECHO_MS
    if (!echo) stop({ code: Exit.ok, within: CLOSE_MS })
  }
  const crashed = (error: unknown) => {
    crashes += 1
    log.fatal({ err: error }, 'the server cannot go on')
    if (endingSince === undefined) stop({ code: Exit.failure, within: CRASH_CLOSE_MS })
  }

  for (const signal of SIGNALS) process.on(signal, asked)
  for (const event of CRASHES) process.on(event, crashed)
  return {
    reason,
    crashed,
    crashes: () => crashes,
    forget() {
      for (const signal of SIGNALS) process.off(signal, asked)
      for (const event of CRASHES) process.off(event, crashed)
    },
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const CRASHES = ['uncaughtException', 'unhandledRejection'] as const

/** Node 20 has no Promise.withResolvers. */
function withResolvers<T>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => (resolve = settle))
  return { promise, resolve }
}

/** Whether it closed in time and without an error. */
async function closeWithin(ms: number, close: () => Promise<void>, log: Logger): Promise<boolean> {
  const late = withResolvers<boolean>()
  const timer = setTimeout(() => {
    log.error('closing took too long')
    late.resolve(false)
  }, ms)
  const closed = close().then(
    () => true,
    (error: unknown) => {
      log.error({ err: error }, 'closing failed')
      return false
    },
  )
  return Promise.race([closed, late.promise]).finally(() => clearTimeout(timer))
}

/** Says where the room is, and on a terminal how to become its host while there is none. */
export async function announce(
  { config, lang, print, qr, terminal }: CommandContext,
  { port, hostLink }: Pick<RunningServer, 'port' | 'hostLink'>,
): Promise<void> {
  const words = texts[lang].cli
  const { local, network } = addressesOf(listeningAt(config.server, port))
  const width = Math.max(...[local, ...network].map((url) => url.length))
  print(words.listening)
  print(`  ${local.padEnd(width)}  ${words.here}`)
  for (const url of network) print(`  ${url.padEnd(width)}  ${words.network}`)
  const { host } = config.server
  if (isLoopback(host)) print(`  ${fill(words.hereOnly, { host })}`)
  else if (network.length === 0) print(`  ${words.noNetwork}`)
  if (qr && network[0]) print(`\n${words.scan}\n${await drawQr(network[0])}`)
  const link = terminal ? await hostLink() : undefined
  if (!terminal) print(words.hostHint)
  if (link) print(`\n${words.hostLink}\n  ${linkAt(local, link.token)}\n`)
  print(words.stop)
}

/** On a terminal it brings its own colours: a code drawn light on dark is one that many phones cannot read. */
const QR_STYLE = process.stdout.isTTY
  ? ({ type: 'terminal', small: true } as const)
  : ({ type: 'utf8' } as const)

async function drawQr(url: string): Promise<string> {
  const { toString } = await import('qrcode') // a hundred files that a service does without
  return toString(url, QR_STYLE)
}
