import { z } from 'zod'
import { shown } from '../config/report.js'
import { fill } from '../i18n/index.js'
import { act } from './act.js'
import { when } from './when.js'

const report = z.object({
  id: z.number(),
  room: z.string().optional(),
  message: z.number(),
  by: z.object({ name: z.string() }),
  at: z.number(),
  data: z.string(),
  /** Absent: the message is gone. */
  event: z.object({ user: z.object({ name: z.string() }), data: z.string() }).optional(),
  handled: z.object({ by: z.object({ name: z.string() }) }).optional(),
})

/** What was reported, what nobody has seen to first. Texts of people stand in one line, cut short. */
export const reportList = act({
  name: 'report list',
  words: [],
  flags: { room: 'text' },
  read: (reader) => ({ room: reader.flag('room') }),
  result: z.object({ reports: z.array(report) }),
  tell({ reports }, words) {
    if (reports.length === 0) return [words.done.noReports]
    return reports.flatMap(({ id, room = '', message, by, at, data, event, handled }) => [
      [
        String(id).padEnd(5),
        when(at),
        '',
        `/r/${room} #${message}`,
        '',
        fill(words.reportedBy, { name: by.name }),
        ...(handled ? [`(${fill(words.seenTo, { name: handled.by.name })})`] : []),
      ].join(' '),
      ...(event ? [`      ${event.user.name}: ${shown(event.data)}`] : []),
      ...(data === '' ? [] : [`      ${by.name}: ${shown(data)}`]),
    ])
  },
})
