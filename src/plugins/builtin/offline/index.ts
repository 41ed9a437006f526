import { definePlugin, type Hear, type Middleware } from '../../../plugin.js'
import { createBird, type Bird } from './bird.js'
import { readBrain } from './brain-files.js'
import { faultsIn } from './faults.js'
import { isZone } from './skills/clock.js'
import { menu, skillNames } from './skills/skills.js'
import { consoleTongue } from './tongue.js'

const hears: readonly Hear[] = ['auto', 'mention', 'command', 'all']

/** The bot that needs no key and no network: rules in two languages and a few skills. */
export default definePlugin({
  name: 'offline',
  api: 1,
  config: {
    alias: { type: 'list', default: [], help: 'Other names it answers to' },
    hear: {
      type: 'enum',
      values: hears,
      default: 'auto',
      help: 'What it hears: auto (all while one person is there), mention, command or all',
    },
    brain: {
      type: 'list',
      default: [],
      path: true,
      help: 'Files with rules of your own, read before the built-in ones',
    },
    time_zone: {
      type: 'string',
      default: '',
      help: 'Time zone of the room, such as Asia/Shanghai; empty: that of the computer',
    },
    greeting: {
      type: 'text',
      default: '',
      help: 'What it says when it is greeted; empty: words of its own',
    },
  },
  async setup(host, { alias, hear, brain, time_zone, greeting }) {
    if (!isZone(time_zone)) throw new Error(faultsIn[consoleTongue()].noZone(time_zone))
    const bird = createBird({
      brain: await readBrain(brain, new Set(skillNames)),
      names: [...alias, host.name],
      zone: time_zone || undefined,
      greeting: greeting || undefined,
    })
    host.bot(answers(bird), {
      hear: hears.find((one) => one === hear) ?? 'auto',
      aliases: alias,
      leaves: [],
      commands: menu,
    })
  },
})

/** Lets the message go on, then answers it. */
const answers = (bird: Bird): Middleware =>
  async function offline(ctx, next) {
    await next()
    const answer = await bird.answer({
      text: ctx.message.text,
      lang: ctx.lang,
      speaker: ctx.user,
      room: ctx.room.name,
      members: async () => ctx.room.members(),
    })
    if (answer) await ctx.reply(answer.text)
  }
