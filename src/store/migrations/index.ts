import type { Migration } from 'kysely'
import { start } from './001-start.js'
import { changes } from './002-changes.js'
import { search } from './003-search.js'
import { rooms } from './004-rooms.js'
import { order } from './005-order.js'
import { botStoreTable } from './006-bot-store.js'
import { handledReports } from './007-reports.js'
import { answers } from './008-answers.js'
import { powerOverBots } from './009-power.js'
import { messageNumbers } from './010-numbers.js'
import { forms } from './011-forms.js'
import { tokens } from './012-tokens.js'
import { pairs } from './013-pairs.js'
import { lines } from './014-lines.js'
import { indexed } from './015-indexed.js'
import { words } from './016-words.js'

/** Every step of the tables, in order. One that was released never changes; the next one mends it. */
export const migrations: Record<string, Migration> = {
  '001-start': start,
  '002-changes': changes,
  '003-search': search,
  '004-rooms': rooms,
  '005-order': order,
  '006-bot-store': botStoreTable,
  '007-reports': handledReports,
  '008-answers': answers,
  '009-power': powerOverBots,
  '010-numbers': messageNumbers,
  '011-forms': forms,
  '012-tokens': tokens,
  '013-pairs': pairs,
  '014-lines': lines,
  '015-indexed': indexed,
  '016-words': words,
}
