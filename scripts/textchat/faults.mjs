import { createHash } from 'node:crypto'

/** How far a client's clock may be off, in seconds. */
const WINDOW_S = 300

/**
 * What is wrong with a request, by the tables of the documentation; undefined when it is right.
 * @param {Readonly<Record<string, string>>} parameters
 * @param {{ appId: number, appKey: string, now: number }} service `now` in milliseconds since 1970
 */
export function faultIn(parameters, { appId, appKey, now }) {
  const { app_id, time_stamp, nonce_str, sign, session, question } = parameters
  const refuse = (ret, msg) => ({ ret, msg, answer: '' })
  const illegal = (what) => refuse(4096, `illegal parameter: ${what}`)

  if (!app_id) return refuse(16385, 'app_id missing')
  if (!time_stamp) return refuse(16386, 'time_stamp missing')
  if (!nonce_str) return refuse(16387, 'nonce_str missing')
  if (!/^[1-9]\d*$/.test(app_id)) return illegal('app_id is not a positive number')
  if (!/^[1-9]\d*$/.test(time_stamp)) return illegal('time_stamp is not a positive number')
  if (bytes(nonce_str) > 32) return illegal('nonce_str is longer than 32 bytes')
  if (!fits(session, 32)) return illegal('session must have 1 to 32 bytes')
  if (!fits(question, 300)) return illegal('question must have 1 to 300 bytes')
  if (Number(app_id) !== appId) return refuse(12289, 'application does not exist')

  const signed = stringToSign(parameters)
  if (sign !== md5(`${signed}&app_key=${appKey}`))
    return refuse(16388, `invalid signature; signed here was: ${signed}&app_key=<the key>`)
  if (Math.abs(now / 1000 - Number(time_stamp)) > WINDOW_S)
    return refuse(16390, 'time_stamp is more than 5 minutes off')
  return undefined
}

const bytes = (text) => Buffer.byteLength(text)
const fits = (text, most) => Boolean(text) && bytes(text) <= most && !text.includes('\uFFFD')

const stringToSign = (parameters) =>
  Object.entries(parameters)
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${urlencode(value)}`)
    .join('&')

/** PHP's, byte by byte; on purpose not made as the client makes it, so that one slip is not in both. */
const urlencode = (value) =>
  Array.from(Buffer.from(value, 'utf8'), (byte) => {
    const char = String.fromCharCode(byte)
    if (char === ' ') return '+'
    if (/[\w.-]/.test(char)) return char
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')

const md5 = (text) => createHash('md5').update(text, 'utf8').digest('hex').toUpperCase()
