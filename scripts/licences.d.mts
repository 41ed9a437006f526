/** The packages whose code is in what browsers load. */
export function bundled(): { name: string; version: string; licence: string }[]
/** `(MIT OR X)` may be used under either. */
export function isAllowed(licence: string): boolean
