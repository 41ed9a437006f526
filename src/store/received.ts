import { createHash } from 'node:crypto'

/** 16 bytes that stand for a text as it was received: enough to tell another text under the same cid. */
export const hashOfReceived = (text: string): Uint8Array =>
  createHash('sha256').update(text).digest().subarray(0, 16)
