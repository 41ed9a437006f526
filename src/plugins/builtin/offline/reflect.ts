import type { Tongue } from './turn.js'

/** Turns what somebody said about himself towards him: `我的老板` → `你的老板`, `my boss` → `your boss`. */
export const reflect = (said: string, tongue: Tongue): string =>
  tongue === 'zh' ? reflectChinese(said) : reflectEnglish(said)

const reflectChinese = (said: string): string =>
  said.replace(/咱们|[我你您]/g, (word) => chinese[word] ?? word)

const chinese: Readonly<Record<string, string>> = { 我: '你', 你: '我', 您: '我', 咱们: '你们' }

function reflectEnglish(said: string): string {
  let subject = ''
  return said.replace(/[\p{L}\p{N}'’]+/gu, (word, place: number) => {
    const plain = word.toLowerCase().replace('’', "'")
    const own = plain === 'you' ? you(said.slice(place + word.length)) : english[plain]
    const turned = verbs[`${subject} ${plain}`] ?? own ?? word
    subject = plain === 'i' || plain === 'you' ? plain : ''
    return turned
  })
}

/** `you` is I before a verb and me elsewhere; before these words or at the end it is me. */
const you = (rest: string): string =>
  /^\s*(?:$|[.,;!?]|(?:to|a|an|the|and|or|so|very|for|in|on|at|with|from|about|because|when|if|too|now|all|as|more|again)\b)/i.test(
    rest,
  )
    ? 'me'
    : 'I'

const english: Readonly<Record<string, string>> = {
  i: 'you',
  me: 'you',
  my: 'your',
  mine: 'yours',
  myself: 'yourself',
  "i'm": 'you are',
  im: 'you are',
  "i've": 'you have',
  "i'd": 'you would',
  "i'll": 'you will',
  your: 'my',
  yours: 'mine',
  yourself: 'myself',
  "you're": 'I am',
  "you've": 'I have',
  "you'll": 'I will',
}

const verbs: Readonly<Record<string, string>> = {
  'i am': 'are',
  'i was': 'were',
  'you are': 'am',
  'you were': 'was',
}
