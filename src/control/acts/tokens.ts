import { z } from 'zod'
import { fill, texts } from '../../i18n/index.js'
import { SCOPES } from '../../protocol.js'
import type { Tokens } from '../../tokens/tokens.js'
import { whyNot } from '../../tokens/why-not.js'
import type { ControlAct } from '../acts.js'
import { Refused } from '../control-error.js'
import { CONSOLE } from '../hands.js'

const wish = z.object({
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)).min(1).optional(),
  rooms: z.array(z.string()).optional(),
  ms: z.int().min(1).optional(),
})
const which = z.object({ id: z.int() })

/** Makes a token for a bot elsewhere; its holder is shown it this once. */
export const botToken: ControlAct = async (args, { tokens, listening }) => {
  const made = await tokens.make(wish.parse(args), CONSOLE)
  if ('refused' in made) throw new Refused((lang) => whyNot(made, wish.parse(args).name, lang))
  return { token: made.token, made: view(made.made), ...(listening && { listening }) }
}

/** The tokens that were not revoked. */
export const botTokens: ControlAct = async (_, { tokens }) => ({ tokens: tokens.list().map(view) })

/** Ends a token at once. */
export const botRevoke: ControlAct = async (args, { tokens }) => {
  const { id } = which.parse(args)
  const revoked = await tokens.revoke(id, CONSOLE)
  if (!revoked) throw new Refused((lang) => fill(texts[lang].api.refused.none, { id }))
  return { id, name: revoked.bot.name }
}

type Listed = ReturnType<Tokens['list']>[number]

const view = (token: Omit<Listed, 'expired'> & { expired?: boolean }) => ({
  id: token.id,
  bot: { id: token.bot.id, name: token.bot.name },
  scopes: token.scopes,
  rooms: token.rooms,
  made_at: token.madeAt,
  ...(token.expiresAt !== undefined && { expires_at: token.expiresAt }),
  ...(token.usedAt !== undefined && { used_at: token.usedAt }),
  ...(token.expired && { expired: true }),
})
