/** How far the server's clock is ahead of this device's, in milliseconds. */
let ahead = 0

/** The server said what time it is. @param {number} time @param {number} heard When that was heard, by this device. */
export function tellTime(time, heard) {
  ahead = time - heard
}

/** The time by the server's clock, which is what its times are to be held against: a laptop's may be an hour wrong. */
export const serverNow = () => Date.now() + ahead
