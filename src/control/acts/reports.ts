import { z } from 'zod'
import { seeTo } from '../../chat/order/report.js'
import { entryView, reportView } from '../../chat/order/views.js'
import type { ControlAct } from '../acts.js'
import { ControlError } from '../control-error.js'
import { findRoom } from '../find.js'
import { CONSOLE } from '../hands.js'

/** As many reports as anybody reads through. */
const REPORTS = 200

const listing = z.object({ room: z.string().optional() })
const done = z.object({ id: z.int() })
const looking = z.object({ room: z.string().optional(), last: z.int().min(1).max(200) })

/** What was reported, what nobody has seen to first. The message as it is now. */
export const reportList: ControlAct = async (args, hands) => {
  const { rooms, order } = hands.chat
  const room = await findRoom(hands, listing.parse(args).room)
  const { reports } = order.options.store
  const kept = await reports.newest({ limit: REPORTS, ...(room && { room: room.id }) })
  return { reports: await Promise.all(kept.map((report) => reportView(report, rooms))) }
}

/** Somebody has seen to a report. */
export const reportDone: ControlAct = async (args, { chat: { order } }) => {
  const { id } = done.parse(args)
  if (!(await order.options.store.reports.byId(id))) throw new ControlError('noReport', { id })
  await seeTo(order, { by: CONSOLE, id, room: undefined })
  return { report: id }
}

/** Who did what to whom, newest first. */
export const audit: ControlAct = async (args, hands) => {
  const { rooms, order } = hands.chat
  const { room: name, last } = looking.parse(args)
  const room = await findRoom(hands, name)
  const kept = await order.options.store.audit.page({
    limit: last,
    ...(room && { room: room.id }),
  })
  return { entries: kept.map((entry) => entryView(entry, rooms)) }
}
