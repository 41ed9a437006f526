import { EventEmitter } from 'node:events'
import { Connection, type ConnectionOptions } from '../../src/chat/connection.js'

/** A WebSocket that is open and does nothing of itself. */
export const openWire = () =>
  Object.assign(new EventEmitter(), {
    readyState: 1,
    OPEN: 1,
    pause: () => {},
    resume: () => {},
    terminate: () => {},
    close: (_code: number) => {},
  })

/** Ada's connection, on a socket that a test looks at. */
export const connectionOn = (
  options: Pick<ConnectionOptions, 'socket'> & Partial<ConnectionOptions>,
): Connection =>
  new Connection({
    ws: openWire(),
    visitor: { user: { id: 1, name: 'ada', imageid: '0', kind: 'person' }, sidHash: 'sid' },
    mode: 'v1',
    lang: 'en',
    address: '127.0.0.1',
    origin: () => '',
    wake: () => {},
    ...options,
  })
