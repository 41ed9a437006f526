/** Opcode 1 with FIN: a whole text message (RFC 6455 §5.2). */
const FIN_TEXT = 0x81

/**
 * One unmasked WebSocket text frame, as a server sends it (RFC 6455 §5.2).
 * Built once per event, however many members hear it.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = FIN_TEXT
  if (header === 2) {
    frame[1] = length
  } else if (header === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, header)
  return frame
}

/** A JSON object as a text frame. */
export const jsonFrame = (value: object): Buffer => textFrame(JSON.stringify(value))
