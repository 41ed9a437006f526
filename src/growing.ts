/**
 * The options of an `LRUCache` that holds at most so many entries and takes memory as they come: its own `max` sets
 * aside the whole list at the start, megabytes for a server in which nobody is yet.
 * @param entries How many it keeps.
 */
export const growing = (entries: number) => ({ maxSize: entries, sizeCalculation: () => 1 })
