import { commandIn } from '../command-line.js'
import type { NumberedEvent } from '../protocol.js'
import type { Job } from './turn.js'

/** What a bot was busy with is taken from it: no failure of the bot's. */
export class TakenBack extends Error {
  override readonly name = 'TakenBack'

  constructor(why = 'the message was recalled') {
    super(why)
  }
}

/** Is it work for a recalled message? An exchange of bots goes with the person's line that it descends from. */
export const isFor = ({ event }: Pick<Job, 'event'>, message: number): boolean =>
  event.seq === message || event.cause === message || event.message === message

/** What waits for its turn, as its line reads after an edit. */
export function edited(job: Job, { message, data, mentions }: NumberedEvent): Job {
  if (job.event.seq !== message || data === '') return job
  const { mentions: _before, ...rest } = job.event
  const event = { ...rest, data, ...(mentions && { mentions }) }
  return { ...job, event, args: commandIn(data)?.args ?? '' }
}
