/** The bots in the box that are there to be copied, by the name of their folder; the simplest first. */
export const shipped = [
  'echo',
  'dice',
  'keywords',
  'welcome',
  'poll',
  'reminder',
  'moderation',
] as const
