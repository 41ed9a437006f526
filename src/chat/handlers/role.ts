import { ack } from '../answers.js'
import { actor } from '../order/acts.js'
import { giveRole } from '../order/role.js'
import type { Handler } from '../pipeline.js'

/** Makes somebody a moderator everywhere, or takes that back. */
export const role: Handler<'role'> = async ({ frame, connection }, { order }) => {
  const { cid, user: userId, role } = frame
  const person = await order.judged('role', { connection, userId })
  await giveRole(order, { by: actor(connection), person, role: role ?? undefined })
  connection.send(ack(cid, {}))
}
