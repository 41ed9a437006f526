import { once } from 'node:events'
import { WebSocket } from 'ws'
import { median } from '../bench/figures.mjs'
import { Program, signIn } from '../program.mjs'

/** A bot says five lines at once in a room, then one a second: so many are asked for in each. */
const EACH = 5
const questions = [
  '你好',
  '(3+4)*5 等于多少',
  'what time is it in Tokyo?',
  '/roll 2d6',
  '我觉得今天会很顺利',
]

/**
 * How long the offline bird takes from a person's line to its answer on their screen's side of the wire, in rooms
 * where it is alone with that person.
 * @param {{ rooms: number }} options
 * @returns {Promise<number[]>} milliseconds, an answer each.
 */
export async function birdReplies({ rooms }) {
  const names = Array.from({ length: rooms }, (_, index) => `den-${index}`)
  const program = await Program.prepare({
    rooms: names,
    bots: '[bot:bird]\nuse = offline\nhear = auto\ntime_zone = Asia/Shanghai\n',
  })
  try {
    await program.start()
    const talk = await enter(program.url)
    const waits = []
    for (const room of names) {
      await talk.ask({ type: 'join', room }, ({ type }) => type === 'joined')
      for (const data of questions.slice(0, EACH)) {
        const begun = performance.now()
        await talk.ask({ type: 'chat', room, data }, isAnswer)
        waits.push(performance.now() - begun)
      }
    }
    talk.close()
    return waits
  } finally {
    await program.remove()
  }
}

const isAnswer = ({ type, user }) => type === 'chat' && user.kind === 'bot'

/** Texts of 20,000 characters, each of a kind that could take long to look through. */
const long = {
  'one word again and again': 'hello ',
  'a pattern of its own': '我觉得',
  'words without an end': 'abcdefghij',
  brackets: '((((1+',
  digits: '1234567890',
  'spaces and marks': ' ,. ',
  emoji: '👨‍👩‍👧',
  'one letter': 'a',
}

/**
 * How long the bird looks at such a text: the median of each kind, in milliseconds.
 * @param {{ times: number }} options
 * @returns {Promise<Record<string, number>>}
 */
export async function birdReads({ times }) {
  const { createBird } = await import('../../dist/plugins/builtin/offline/bird.js')
  const { readBrain } = await import('../../dist/plugins/builtin/offline/brain-files.js')
  const { skillNames } = await import('../../dist/plugins/builtin/offline/skills/skills.js')
  const bird = createBird({ brain: await readBrain([], new Set(skillNames)), names: ['bird'] })
  const speaker = { id: 1, name: 'ada' }
  const read = async (text) => {
    const begun = performance.now()
    await bird.answer({ text, lang: 'en', speaker, room: 'lobby', members: async () => [] })
    return performance.now() - begun
  }
  const kinds = {}
  for (const [kind, piece] of Object.entries(long)) {
    const text = piece.repeat(20_000 / piece.length).slice(0, 20_000)
    const took = []
    for (let n = 0; n < times; n++) took.push(await read(text))
    kinds[kind] = median(took)
  }
  return kinds
}

async function enter(url) {
  const { cookie } = await signIn(url, 'Ada')
  const ws = new WebSocket(`${url.replace('http', 'ws')}/chat`, 'chat-room.v1', {
    headers: { cookie },
  })
  await once(ws, 'open')
  let count = 0
  return {
    /** Sends a frame and resolves when one comes that fits. */
    ask(frame, fits) {
      const answered = new Promise((resolve) => {
        ws.on('message', function look(data) {
          if (!fits(JSON.parse(data))) return
          ws.off('message', look)
          resolve()
        })
      })
      ws.send(JSON.stringify({ cid: `ask-${(count += 1)}-00000000`, ...frame }))
      return answered
    },
    close: () => ws.terminate(),
  }
}
