import { WebSocket } from 'ws'

/**
 * A WebSocket that says `writes` before it writes to its socket by itself, as it does for a ping or a close frame that
 * came: who writes to that socket past its stream must look first whether something is unsent (`Connection.way`).
 */
export class TellingSocket extends WebSocket {
  override pong(...args: Parameters<WebSocket['pong']>): void {
    this.emit('writes')
    super.pong(...args)
  }

  override close(...args: Parameters<WebSocket['close']>): void {
    this.emit('writes')
    super.close(...args)
  }
}
