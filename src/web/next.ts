/** Longer than any address of ours. */
const LONGEST = 1024

/**
 * Where to go after signing in: a path of this server, without its base path.
 * @param wanted From a request; anything but a plain local path becomes `/`.
 * @param base '' or '/x'.
 */
export function localPath(wanted: unknown, base: string): string {
  if (typeof wanted !== 'string' || wanted.length > LONGEST || !isPlain(wanted)) return '/'
  if (base && (wanted === base || wanted.startsWith(`${base}/`))) {
    return localPath(wanted.slice(base.length), '')
  }
  return wanted
}

/** One slash at the beginning; no backslash, `@` or control, nor one of these in disguise. */
const isPlain = (path: string) =>
  /^\/(?!\/)[^\\@\p{C}\s]*$/u.test(path) && !/%(?:2f|5c|40|25|0|1|7f)/i.test(path)
