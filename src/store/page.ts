import { PAGE_BYTES, type NumberedEvent } from '../protocol.js'

/**
 * The first of these events that fit into one page of JSON; at least one, so that who pages gets on.
 * @param events In the direction of paging.
 */
export const firstThatFit = (events: NumberedEvent[]): NumberedEvent[] =>
  events.slice(0, textsThatFit(events).length)

/** The same as texts of JSON. */
export function textsThatFit(events: readonly NumberedEvent[]): string[] {
  let bytes = '[]'.length
  const texts: string[] = []
  for (const event of events) {
    const text = JSON.stringify(event)
    bytes += Buffer.byteLength(text) + ','.length
    if (texts.length > 0 && bytes > PAGE_BYTES) break
    texts.push(text)
  }
  return texts
}
