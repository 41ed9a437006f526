/** As data alone: a function or a circle in it would keep a message from being sent to another thread. */
export function plain<T extends object>(value: T): T {
  try {
    return JSON.parse(JSON.stringify(value))
  } catch {
    return Object.create(null)
  }
}
