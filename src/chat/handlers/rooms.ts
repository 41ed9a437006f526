import { ack } from '../answers.js'
import type { Handler } from '../pipeline.js'

/** The rooms that a person may see, with what is unread in their own. */
export const rooms: Handler<'rooms'> = ({ frame, connection }, { telling }) => {
  connection.send(ack(frame.cid, { rooms: telling.listFor(connection) }))
}
