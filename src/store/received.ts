import { hash } from 'node:crypto'

/** 16 bytes that stand for a text as it was received: enough to tell another text under the same cid. */
export const hashOfReceived = (text: string): Uint8Array =>
  hash('sha256', text, 'buffer').subarray(0, 16)
