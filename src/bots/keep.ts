import type { BotValues } from '../plugin.js'

/** Where bots' values are kept: as texts, by bot, room and key. */
export interface Values {
  get(by: KeptBy, key: string): Promise<string | undefined>
  /** @returns whether there was room for it. */
  set(
    by: KeptBy,
    key: string,
    value: string,
    limits: { keys: number; bytes: number },
  ): Promise<boolean>
  delete(by: KeptBy, key: string): Promise<boolean>
  list(by: KeptBy, prefix: string): Promise<{ key: string; value: string }[]>
}

/** Whose values they are: each bot has its own in each room. */
export interface KeptBy {
  botId: number
  roomId: number
}

/** What a bot may keep in one room. */
const LIMITS = { keys: 1_000, bytes: 262_144 }
const VALUE_BYTES = 16_384
const KEY_CHARS = 128

/** `ctx.store`. @param by Whose it is; asked when it is used, because some bots come to be by that. */
export const keep = (values: Values, by: () => Promise<KeptBy>): BotValues => ({
  async get<T>(key: string): Promise<T | undefined> {
    checkKey('get', key)
    const value = await values.get(await by(), key)
    return value === undefined ? undefined : (JSON.parse(value) as T)
  },

  async set(key, value) {
    checkKey('set', key)
    const text = JSON.stringify(value) as string | undefined
    if (text === undefined)
      throw new TypeError('ctx.store.set: the value must be one that JSON has')
    if (Buffer.byteLength(text) > VALUE_BYTES) {
      throw new RangeError(`ctx.store.set: a value has at most ${VALUE_BYTES} bytes as JSON`)
    }
    if (await values.set(await by(), key, text, LIMITS)) return
    const { keys, bytes } = LIMITS
    throw new RangeError(
      `ctx.store.set: a bot keeps at most ${keys} keys and ${bytes} bytes in a room; delete some`,
    )
  },

  async delete(key) {
    checkKey('delete', key)
    return values.delete(await by(), key)
  },

  async list<T>(prefix = '') {
    if (typeof prefix !== 'string') throw new TypeError('ctx.store.list: a prefix is a string')
    const entries = await values.list(await by(), prefix)
    return entries.map(({ key, value }) => ({ key, value: JSON.parse(value) as T }))
  },
})

function checkKey(call: string, key: unknown): void {
  if (typeof key === 'string' && key !== '' && key.length <= KEY_CHARS) return
  throw new TypeError(`ctx.store.${call}: a key is a string of 1 to ${KEY_CHARS} characters`)
}

/** Values that are gone with the program; where nothing is to be kept, as in tests. */
export function forgetful(): Values {
  const all = new Map<string, Map<string, string>>()
  const of = ({ botId, roomId }: KeptBy): Map<string, string> => {
    const name = `${botId} ${roomId}`
    const known = all.get(name) ?? new Map<string, string>()
    all.set(name, known)
    return known
  }
  return {
    get: async (by, key) => of(by).get(key),
    async set(by, key, value, { keys, bytes }) {
      const own = new Map(of(by)).set(key, value)
      if (own.size > keys || bytesOf(own) > bytes) return false
      of(by).set(key, value)
      return true
    },
    delete: async (by, key) => of(by).delete(key),
    list: async (by, prefix) =>
      [...of(by)]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, value]) => ({ key, value }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  }
}

const bytesOf = (values: ReadonlyMap<string, string>): number =>
  [...values].flat().reduce((bytes, text) => bytes + Buffer.byteLength(text), 0)
