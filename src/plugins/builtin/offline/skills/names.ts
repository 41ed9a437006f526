import type { Memory } from '../memory.js'
import type { Answers, Skill } from '../turn.js'

const LONGEST = 20

/**
 * Remembers what a person wants to be called: the only thing the bird keeps about anybody, and only until the
 * server ends.
 */
export function names(
  known: Memory<number, string>,
): Record<'remember' | 'recallName' | 'forget', Skill> {
  return {
    remember({ speaker, tongue }, [said = '']): Answers {
      const name = nameIn(said)
      if (!name || question.test(name)) return undefined
      known.set(speaker.id, name)
      return words[tongue].remembered(name)
    },

    recallName({ speaker, tongue }): Answers {
      const name = known.get(speaker.id)
      return name ? words[tongue].known(name) : words[tongue].unknown(speaker.name)
    },

    forget({ speaker, tongue }): Answers {
      return known.delete(speaker.id) ? words[tongue].forgotten : words[tongue].nothing
    },
  }
}

/** Up to the first mark, without what people put behind a name. */
function nameIn(said: string): string | undefined {
  const [first = ''] = said.split(/[,.;:!?，。；：！？、~…\n"“”「」()（）@]/)
  const name = first
    .trim()
    .replace(/(?:就好|就行|就可以|好了|吧|呀|啊|哦|啦|呢){1,8}$/, '')
    .replace(/(?<!\s)\s+(?:please|now|ok|okay|and (?:i|you)\b.*|by the way)$/i, '')
    .trim()
  return /[\p{L}\p{N}]/u.test(name) && name.length <= LONGEST ? name : undefined
}

const question = /什么|啥|谁|何|吗$|^(?:what|who|how|not|a|an|the|so)\b/i

const words = {
  zh: {
    remembered: (name: string) => [
      `记住啦，${name}！很高兴认识你。`,
      `${name}，好名字！我用小爪子记下来了。`,
      `你好呀，${name}～`,
    ],
    known: (name: string) => [`你是${name}呀，我记得的。`, `${name}！我没忘。`],
    unknown: (nickname: string) => [
      `名牌上写着「${nickname}」。想让我换个叫法，就说「我叫……」。`,
      `你还没告诉过我，我只看到昵称「${nickname}」。跟我说「我叫……」，我就记住。`,
    ],
    forgotten: ['好，我忘掉了。', '忘记啦，现在我只看得到你的昵称。'],
    nothing: ['我本来就没记你的名字。', '我这里没有记着你的名字，放心。'],
  },
  en: {
    remembered: (name: string) => [
      `Nice to meet you, ${name}! I will remember.`,
      `${name}, what a fine name. Noted with one claw.`,
      `Hello, ${name}!`,
    ],
    known: (name: string) => [`You are ${name}, of course.`, `${name}! I have not forgotten.`],
    unknown: (nickname: string) => [
      `Your badge says “${nickname}”. Say “call me …” and I will use that instead.`,
      `You have not told me yet; I only see “${nickname}”. Say “my name is …” and I will remember.`,
    ],
    forgotten: ['Done, forgotten.', 'Gone from my head. Now I only see your nickname.'],
    nothing: [
      'I had not kept your name in the first place.',
      'I have no name of yours, rest easy.',
    ],
  },
}
