import { createHash } from 'node:crypto'

/**
 * The signature of a request, as the service's documentation has it: all parameters with a value, sorted by
 * name, in PHP's `urlencode`, then the key as it is; MD5, upper case.
 */
export function sign(parameters: Readonly<Record<string, string>>, appKey: string): string {
  const pairs = Object.keys(parameters)
    .toSorted()
    .filter((name) => name !== 'sign' && parameters[name])
    .map((name) => `${name}=${phpUrlencode(parameters[name] ?? '')}`)
  const signed = [...pairs, `app_key=${appKey}`].join('&')
  return createHash('md5').update(signed, 'utf8').digest('hex').toUpperCase()
}

/** `encodeURIComponent` leaves `! ' ( ) * ~` alone and writes a space as %20: with them the signature is wrong. */
const phpUrlencode = (value: string): string =>
  encodeURIComponent(value)
    .replace(/[!'()*~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
