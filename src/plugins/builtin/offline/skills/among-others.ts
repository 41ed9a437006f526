import type { Tongue, Turn } from '../turn.js'

/**
 * Says how to go on with a game where the bird hears only what is meant for it.
 * @param openings Ways to begin the game.
 */
export async function amongOthers(
  { members, tongue }: Turn,
  openings: readonly string[],
): Promise<readonly string[]> {
  const people = (await members()).filter(({ kind }) => kind === 'person')
  return people.length > 1 ? openings.map((opening) => `${opening}${words[tongue]}`) : openings
}

const words: Record<Tongue, string> = {
  zh: '（房间里有别人，说的时候先 @ 我一下，我才听得到。）',
  en: ' (Others are here, so please call me with @ each time, or I will not hear it.)',
}
