/** Opcode 1 with FIN: a whole text message (RFC 6455 §5.2). */
const FIN_TEXT = 0x81
/** A ping without a word (RFC 6455 §5.5.2). */
export const pingFrame = Buffer.from([0x89, 0])

/**
 * One unmasked WebSocket text frame, as a server sends it (RFC 6455 §5.2).
 * Built once per event, however many members hear it.
 */
export function textFrame(text: string): Buffer {
  const { frame, header } = emptyFrame(Buffer.byteLength(text))
  frame.write(text, header)
  return frame
}

/** A JSON object as a text frame. */
export const jsonFrame = (value: object): Buffer => textFrame(JSON.stringify(value))

/** The same with one more member, whose value is JSON in UTF-8 already. */
export function jsonFrameWith(value: object, key: string, json: Uint8Array): Buffer {
  const before = `${JSON.stringify(value).slice(0, -1)},${JSON.stringify(key)}:`
  const bytes = Buffer.byteLength(before)
  const { frame, header } = emptyFrame(bytes + json.length + 1)
  frame.write(before, header)
  frame.set(json, header + bytes)
  frame.write('}', frame.length - 1)
  return frame
}

/**
 * A text frame in pieces, which are to be written one after the other: after its first words comes what is in UTF-8
 * already, and may be in other frames as well.
 */
export function frameInPieces(words: string, rest: readonly Buffer[]): Buffer[] {
  const bytes = Buffer.byteLength(words)
  const length = rest.reduce((sum, piece) => sum + piece.length, bytes)
  const { frame, header } = emptyFrame(length, bytes)
  frame.write(words, header)
  return [frame, ...rest]
}

/** A frame for so many bytes of text, which come after its header; `here`: so many of them are to be in it. */
function emptyFrame(length: number, here = length): { frame: Buffer; header: number } {
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + here)
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
  return { frame, header }
}

/** What is in bytes of frames that were made here: of each its opcode (RFC 6455 §11.8) and its payload. */
export function* framesIn(bytes: Buffer): Generator<{ opcode: number; payload: Buffer }> {
  for (let at = 0; at < bytes.length;) {
    const opcode = (bytes[at] ?? 0) & 0x0f
    const short = bytes[at + 1] ?? 0
    const [header, length] =
      short < 126
        ? [2, short]
        : short === 126
          ? [4, bytes.readUInt16BE(at + 2)]
          : [10, Number(bytes.readBigUInt64BE(at + 2))]
    at += header + length
    yield { opcode, payload: bytes.subarray(at - length, at) }
  }
}
