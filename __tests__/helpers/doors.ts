import { once } from 'node:events'
import { WebSocket } from 'ws'

/** The tokens of programs elsewhere, one for each way in. */
export const HOOK = 'a-hook-token-of-24-chars'
export const SATORI = 'a-satori-token-of-24-chars'
export const ONEBOT = 'a-onebot-token-of-24-chars'

/** What opens them. */
export const doors = {
  'bot:hook': { use: 'webhook-in', token: HOOK },
  'bot:satori': { use: 'satori', token: SATORI },
  'bot:onebot': { use: 'onebot11', token: ONEBOT },
}

/** A program that speaks OneBot 11 and has come in. */
export async function oneBot(url: string): Promise<WebSocket> {
  const program = new WebSocket(`${url.replace('http', 'ws')}/onebot/v11/ws`, {
    headers: { authorization: `Bearer ${ONEBOT}` },
  })
  await once(program, 'open')
  return program
}
