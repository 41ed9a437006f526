import { ack } from '../answers.js'
import { beginning } from '../keep.js'
import type { Handler } from '../pipeline.js'

/** A new room, called as its maker writes it; where its name is taken, under a similar one. */
export const make: Handler<'make'> = async ({ frame, connection }, { doors }) => {
  const { cid, ...asked } = frame
  const room = await doors.make(await beginning(asked, connection.lang), connection)
  connection.send(ack(cid, { room: room.name, title: room.titleIn(connection.lang) }))
}
