import type { Store } from '../../src/store/store.js'

/** A store whose writer can be held back, as a slow disk does. */
export interface Held {
  around: (store: Store) => Store
  /** From now on commits wait. */
  hold(): void
  /** Those that wait are done, and all that come. */
  release(): void
  /** Rows of each commit that was asked for since the last call. */
  commits(): number[]
}

/** Stands around a store, and takes down the size of each commit. */
export function heldStore(): Held {
  let sizes: number[] = []
  let free = Promise.resolve()
  let release = () => {}
  return {
    around(store) {
      const append: Store['append'] = async (drafts, now) => {
        sizes.push(drafts.length)
        await free
        return store.append(drafts, now)
      }
      return new Proxy(store, {
        get: (target, key, receiver) =>
          key === 'append' ? append : Reflect.get(target, key, receiver),
      })
    },
    hold() {
      free = new Promise((resolve) => (release = resolve))
    },
    release: () => release(),
    commits() {
      const commits = sizes
      sizes = []
      return commits
    },
  }
}
