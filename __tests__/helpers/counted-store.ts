import type { Store } from '../../src/store/store.js'

/** Which questions a store was asked, in order: `people.door`, `events.known` … */
export interface Counted {
  around: (store: Store) => Store
  /** What was asked since the last call. */
  asked(): string[]
}

/** Stands around a store and takes down what it is asked. */
export function countedStore(): Counted {
  let calls: string[] = []
  const watched = <T extends object>(noun: T, name: string): T =>
    new Proxy(noun, {
      get(target, key: string, receiver) {
        const value: unknown = Reflect.get(target, key, receiver)
        if (typeof value === 'function') {
          return (...args: unknown[]) => {
            calls.push(name + key)
            return Reflect.apply(value, target, args)
          }
        }
        return isNoun(value) ? watched(value, `${key}.`) : value
      },
    })
  return {
    around: (store) => watched(store, ''),
    asked() {
      const asked = calls
      calls = []
      return asked
    },
  }
}

const isNoun = (value: unknown): value is object => typeof value === 'object' && value !== null
