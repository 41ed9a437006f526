/**
 * What an error says. Errors of `node:` modules and of native code may come from another realm, where
 * `instanceof Error` does not hold, so they are asked what they have.
 */
export const reasonOf = (error: unknown): string =>
  isObject(error) && 'message' in error ? String(error.message) : String(error)

/** The system's word for what went wrong, such as `EEXIST`. */
export const systemCode = (error: unknown): unknown =>
  isObject(error) && 'code' in error ? error.code : undefined

/** SQLite's extended result code, https://sqlite.org/rescode.html */
export const sqliteCode = (error: unknown): number | undefined =>
  isObject(error) && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
