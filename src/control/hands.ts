import type { Chat } from '../chat/chat.js'
import type { People } from '../people/people.js'
import type { Store } from '../store/store.js'

/** What an act of the command line has to work with; the same whether a server runs or not. */
export interface Hands {
  chat: Chat
  people: People
  store: Store
  /** Where the server listens; absent: none runs. */
  port?: number
}

/** Who does what is asked for at the command line: whoever may read the data folder owns the server. */
export const CONSOLE = { id: null, name: 'console' }
