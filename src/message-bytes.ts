/**
 * A message text may have this many bytes in UTF-8, whatever its code points. Apart from protocol.ts, whose
 * validator would take 12 MB of every plugin's worker.
 */
export const MESSAGE_BYTES = 16_384
