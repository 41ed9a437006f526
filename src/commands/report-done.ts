import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'

/** Marks a report as seen to. */
export const reportDone = act({
  name: 'report done',
  words: ['id'],
  read: (reader) => ({ id: reader.id(0) }),
  result: z.object({ report: z.number() }),
  tell: ({ report }, { done }) => [fill(done.reportDone, { id: report })],
})
