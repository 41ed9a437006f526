import { boot, texts } from './boot.js'

/**
 * Asks the server for something.
 * @param {Pick<import('../socket.js').Connection, 'request'>} connection
 * @param {{type: string} & Record<string, unknown>} frame
 * @returns {Promise<any>} The answer; or `fault`, why there is none, as a sentence, and of a refusal its `code` and `fields`.
 */
export async function ask(connection, frame) {
  try {
    return await connection.request(frame)
  } catch (nack) {
    const { code, data = texts.bar.noLine, fields } = /** @type {any} */ (nack)
    return { fault: data, code, fields }
  }
}

/**
 * The same, of this room.
 * @param {Parameters<typeof ask>[0]} connection @param {Parameters<typeof ask>[1]} frame
 */
export const askHere = (connection, frame) => ask(connection, { room: boot.room.name, ...frame })
