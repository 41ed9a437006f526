import { PAGE_BYTES, type NumberedEvent } from '../protocol.js'

/**
 * The first of these events that fit into one page of JSON; at least one, so that who pages gets on.
 * @param events In the direction of paging.
 */
export function firstThatFit(events: NumberedEvent[]): NumberedEvent[] {
  let bytes = '[]'.length
  const over = events.findIndex((event, index) => {
    bytes += Buffer.byteLength(JSON.stringify(event)) + ','.length
    return index > 0 && bytes > PAGE_BYTES
  })
  return over < 0 ? events : events.slice(0, over)
}
