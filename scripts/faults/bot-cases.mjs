/** A bot of a user's own that does this with each line. */
const own = (body, more = '') => ({
  section: `[bot:bad]\nuse = ./bot.mjs\nhear = all\n${more}`,
  code: `export default async (ctx) => {\n${body}\n}\n`,
})
/** A bot whose model plays a scenario of scripts/fake-openai. */
const model = (scenario) => ({
  section:
    '[bot:bad]\nuse = openai\nbase_url = {url}\nmodel = any\nhear = all\nrate_room = 0/min\nrate_person = 0/min\n',
  scenario,
})

/** What stands in place of a bot on the server that is compared with: one that is never called, if it is a user's own. */
export const wellBehaved = ({ code }) =>
  code ? { section: '[bot:good]\nuse = ./bot.mjs\nhear = mention\n', code: own('').code } : {}

/** Bots that misbehave, each on every line that is said. */
export const cases = {
  nothing: own('// does nothing: what the way to a worker costs'),
  hangs: own('await new Promise(() => {})'),
  'hangs without its worker': own('await new Promise(() => {})', 'isolate = none\n'),
  'never ends its turn': own('for (;;);'),
  throws: own('throw new Error("broken")'),
  'ends its process': own('process.exit(1)'),
  'floods with replies': own('for (let n = 0; n < 100000; n++) void ctx.reply(`reply ${n}`)'),
  'floods with pieces': own(
    'const draft = ctx.stream()\nfor (let n = 0; n < 100000; n++) draft.write(`piece ${n} `)',
  ),
  'floods with questions': own('for (;;) await ctx.room.history(200)'),
  'floods the log': own(
    'for (let n = 0; n < 100000; n++) { ctx.log.warn(`line ${n}`); console.log(n) }',
  ),
  'replies 10 MB': own('await ctx.reply("x".repeat(10_000_000))'),
  'streams 10 MB': own('const draft = ctx.stream()\ndraft.write("x".repeat(10_000_000))'),
  'takes all memory': {
    ...own('const all = []\nfor (;;) all.push("x".repeat(1_000_000) + Math.random())'),
    takesMemory: true, // of its worker, until that ends: no figure to be held to
  },
  'takes all memory in buffers': {
    ...own('const all = []\nfor (;;) all.push(Buffer.alloc(1_000_000, 1))'),
    takesMemory: true,
  },
  'a model that hangs': model('silent'),
  'a model of 10 MB': model('ten-megabytes'),
}
