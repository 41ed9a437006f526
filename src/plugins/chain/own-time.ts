import { usedUp } from './watch.js'

/** A limit for one piece of work. */
export interface OwnTime {
  /** Rejects when the time is used up; otherwise never settles. */
  up: Promise<never>
  end(): void
}

/** @param limit Milliseconds. @param onUp Told before `up` rejects. */
export function ownTime(limit: number, onUp: (reason: Error) => void): OwnTime {
  let timer: NodeJS.Timeout | undefined
  const up = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = usedUp(limit)
      onUp(reason)
      reject(reason)
    }, limit)
  })
  return { up, end: () => clearTimeout(timer) }
}
