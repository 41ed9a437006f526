/** `(MIT OR X)` may be used under either. */
export function isAllowed(licence: string): boolean
