import type { RoomHandler } from '../pipeline.js'

/** What somebody chooses under a bot's message. */
export const answer: RoomHandler<'answer'> = async (ctx, { change }) => {
  const { message, choices } = ctx.frame
  await change(ctx, { data: '', extra: { message, choices: [...new Set(choices)] } })
}
