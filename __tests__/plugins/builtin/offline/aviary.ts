import type { Member } from '../../../../src/plugin.js'
import {
  createBird,
  type BirdOptions,
  type Heard,
} from '../../../../src/plugins/builtin/offline/bird.js'
import { readBrain } from '../../../../src/plugins/builtin/offline/brain-files.js'
import { parseBrain } from '../../../../src/plugins/builtin/offline/parse-brain.js'
import { skillNames } from '../../../../src/plugins/builtin/offline/skills/skills.js'
import { seeded } from '../../../../src/testing/seeded.js'

const skills = new Set<string>(skillNames)
export const brain = await readBrain([], skills)
export const parse = (text: string, name = 'brain.txt') => parseBrain([{ name, text }], skills)

export const bot: Member = { id: 0, name: '机器人小小鸟', kind: 'bot' }
export const lin: Member = { id: 1, name: '林清晴', kind: 'person' }
export const ada: Member = { id: 2, name: 'Ada', kind: 'person' }

export interface AviaryOptions extends Partial<BirdOptions> {
  lang?: Heard['lang']
  members?: readonly Member[]
}

/** A bird with a clock and dice of its own, and a way to talk to it. */
export function aviary({
  lang = 'zh-CN',
  members = [bot, lin, ada],
  ...options
}: AviaryOptions = {}) {
  const clock = { now: Date.UTC(2026, 10, 24, 21, 5) }
  const bird = createBird({
    brain,
    names: ['小小鸟', '机器人小小鸟'],
    zone: 'Asia/Shanghai',
    random: seeded(7),
    now: () => clock.now,
    ...options,
  })
  const ask = (text: string, speaker = lin, room = 'lobby') =>
    bird.answer({ text, lang, speaker, room, members: async () => members })

  return {
    ask,
    /** Its words, or an empty string when it keeps quiet. */
    hears: async (text: string, speaker = lin, room = 'lobby') =>
      (await ask(text, speaker, room))?.text ?? '',
    passes: (ms: number) => {
      clock.now += ms
    },
  }
}
