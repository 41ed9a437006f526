/** Under which keys the browser keeps something. @param {import('./outbox.js').KeyValues | undefined} storage */
export const keysOf = (storage) =>
  Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? '')
