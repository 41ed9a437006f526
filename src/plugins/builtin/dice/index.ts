import { definePlugin } from '../../../plugin.js'

/** Rolls dice: `/roll 2d6+1`. The example of a command with a name in each language, and with words behind it. */
export default definePlugin({
  name: 'dice',
  api: 1,
  config: {
    sides: {
      type: 'int',
      default: 6,
      min: 2,
      max: 1000,
      help: 'Sides of a die, if none are given',
    },
  },
  setup(host, { sides }) {
    host.bot(
      async (ctx) => {
        const cast = castOf(ctx.args, sides)
        if (!cast) return void (await ctx.reply(how[ctx.lang], { whisper: true }))
        await ctx.reply(`🎲 ${told(cast)}`, { quote: true })
      },
      { triggers: { command: roll }, leaves: [] },
    )
  },
})

const roll = {
  name: 'roll',
  aliases: ['dice', '骰子', '掷骰子'],
  help: { 'zh-CN': '掷骰子，例如 /骰子 2d6+1', en: 'Roll dice, such as /roll 2d6+1' },
}

const how = {
  'zh-CN': '例如 /骰子、/骰子 20、/骰子 2d6+1；一次最多 50 个骰子，每个最多 1000 面。',
  en: 'Try /roll, /roll 20 or /roll 2d6+1: at most 50 dice of at most 1000 sides.',
}

interface Cast {
  dice: number
  sides: number
  plus: number
}

/** `2d6+1`, `d20`, `20`, or nothing; undefined for what is no cast. */
function castOf(text: string, usual: number): Cast | undefined {
  const words = text.normalize('NFKC').toLowerCase().replace(/\s/g, '')
  const alone = /^\d{1,4}$/.test(words) ? `d${words}` : words || 'd'
  const [whole, dice = '', sides = '', plus = ''] =
    /^(\d{0,2})d(\d{0,4})([+-]\d{1,4})?$/.exec(alone) ?? []
  if (whole === undefined) return undefined
  const cast = {
    dice: dice === '' ? 1 : Number(dice),
    sides: sides === '' ? usual : Number(sides),
    plus: Number(plus),
  }
  const fits = cast.dice >= 1 && cast.dice <= 50 && cast.sides >= 2 && cast.sides <= 1000
  return fits ? cast : undefined
}

/** `2d6+1: 3 + 5 + 1 = 9`; of the die that everybody knows its eyes alone. */
function told({ dice, sides, plus }: Cast): string {
  const rolled = Array.from({ length: dice }, () => 1 + Math.floor(Math.random() * sides))
  const sum = rolled.reduce((all, one) => all + one, plus)
  const sign = plus > 0 ? `+${plus}` : plus < 0 ? String(plus) : ''
  const parts = rolled.join(' + ') + (sign === '' ? '' : ` ${sign.charAt(0)} ${Math.abs(plus)}`)
  const name = `${dice === 1 ? '' : dice}d${sides}${sign}`
  if (name === 'd6') return parts
  return parts === String(sum) ? `${name}: ${sum}` : `${name}: ${parts} = ${sum}`
}
