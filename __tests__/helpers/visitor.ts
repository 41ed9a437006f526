import { z } from 'zod'
import { user } from './frames.js'

const signedIn = z.object({ user: user.partial({ kind: true }) })

export interface Visitor {
  /** What a browser would send back: `name=value; …`. */
  cookie: string
  user: { id: number; name: string; imageid: string }
}

export interface SignInOptions {
  imgid?: number
  lang?: 'zh-CN' | 'en'
  /** Signs in while signed in. */
  cookie?: string
}

/**
 * Signs in as a browser's script does: POST /signin, cookies kept by hand.
 * @throws {Error} with status and body when it is refused.
 */
export async function signIn(
  url: string,
  name: string,
  { imgid = 3, lang = 'en', cookie }: SignInOptions = {},
): Promise<Visitor> {
  const response = await fetch(`${url}/signin`, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'accept-language': lang,
      'content-type': 'application/json',
      ...(cookie !== undefined && { cookie }),
    },
    body: JSON.stringify({ name, imgid }),
  })
  const body = await response.text()
  if (response.status !== 200)
    throw new Error(`${name} may not sign in: ${response.status} ${body}`)
  return { cookie: cookieOf(response), user: signedIn.parse(JSON.parse(body)).user }
}

/** The cookies that an answer sets, in the form in which they are sent back. */
export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')

/** The session that a cookie holds. */
export const sidOf = (cookie: string): string =>
  JSON.parse(
    Buffer.from(/chat_room_[0-9a-f]{6}=([^;]+)/.exec(cookie)?.[1] ?? '', 'base64').toString(),
  ).sid
