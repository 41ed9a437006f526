import { expect, test } from '@jest/globals'
import { createRequire } from 'node:module'
import { frameInPieces, jsonFrameWith, textFrame } from '../../src/chat/wire.js'

const { Receiver } = createRequire(import.meta.url)('ws') as {
  Receiver: new (options: { isServer: boolean }) => NodeJS.WritableStream
}

const decoded = (frame: Buffer): string[] => {
  const texts: string[] = []
  const receiver = new Receiver({ isServer: false })
  receiver.on('message', (data: Buffer) => texts.push(data.toString()))
  receiver.write(frame)
  return texts
}

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 70_000])(
  'a frame of %i bytes is read back as it was',
  (length) => {
    const text = 'x'.repeat(length)
    expect(decoded(textFrame(text))).toEqual([text])
  },
)

test('several frames in one write are several messages', () => {
  expect(decoded(Buffer.concat([textFrame('你好'), textFrame('😀')]))).toEqual(['你好', '😀'])
})

test.each([0, 1, 115, 120, 65_520, 65_530, 70_000])(
  'a frame with a piece of %i bytes is that of the whole text, and the piece is no copy',
  (length) => {
    const [shared, end] = [Buffer.from('x'.repeat(length)), Buffer.from(']}')]
    const pieces = frameInPieces('{"鸟":[', [shared, end])
    expect(Buffer.concat(pieces)).toEqual(textFrame(`{"鸟":[${String(shared)}]}`))
    expect(pieces[1]).toBe(shared)
  },
)

test.each([0, 90, 100, 110, 65_500, 65_510, 70_000])(
  'a frame around %i bytes of ready JSON is read back as one object',
  (length) => {
    const events = [{ data: '鸟'.repeat(length / 3) }]
    const json = new TextEncoder().encode(JSON.stringify(events))

    const [text = ''] = decoded(jsonFrameWith({ type: 'ack', cid: '读' }, 'events', json))

    expect(JSON.parse(text)).toEqual({ type: 'ack', cid: '读', events })
  },
)
