import { fakeOpenAI } from './fake-openai/server.mjs'
import { bot, firstWords } from './page-figures/answer.mjs'
import { openBrowser } from './page-figures/browser.mjs'
import { flood } from './page-figures/flood.mjs'
import { jumps } from './page-figures/jump.mjs'
import { throughTheModel } from './page-figures/model.mjs'
import { opening, weight } from './page-figures/weight.mjs'
import { Program, quietBird, signIn } from './program.mjs'
import { wordsBehind } from './words.mjs'

/**
 * What the pages cost: the built server with its data in a temporary folder, and real Chromium, slowed down four times
 * where it says so. The processor is shared with whatever else runs here: look at the CPU columns before blaming the
 * page. On a busy machine take --slower 1, whose CPU columns hold still, and multiply.
 */
const usage = `npm run figures                       all of them, a few minutes
npm run figures -- --quick            a shorter flood
npm run figures -- --only NAME        weights, answer, jump, flood or model
  --seconds 60       how long the flood lasts
  --messages 100000  so many go through the model of the page
  --past 300000      so many lie behind who jumps into the past
  --slower 4         the processor of the page
  --trace FILE       keeps what Chromium recorded of the flood
`

const { values: options } = wordsBehind({
  usage,
  options: {
    quick: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    messages: { type: 'string', default: '100000' },
    past: { type: 'string', default: '300000' },
    trace: { type: 'string' },
    only: { type: 'string', default: '' },
    slower: { type: 'string', default: '4' },
  },
})
/** So many answers are asked for, and each is to be seen within so many milliseconds. */
const ANSWERS = 20
const PROMPT_MS = 100
/** So many jumps into the past at each pace of the processor. */
const JUMPS = 20
const seconds = Number(options.seconds ?? (options.quick ? 15 : 60))
const slower = Number(options.slower)

const fake = await fakeOpenAI()
const program = await Program.prepare({ bots: quietBird + bot(fake.url) })
await program.start()
const browser = await openBrowser()
const figures = {
  weights: async () => {
    const { cookie } = await signIn(program.url, 'Weigher')
    const door = { url: `${program.url}/signin`, ready: '#roll:not([hidden])' }
    const room = { url: `${program.url}/`, cookie, ready: '.own__state.is-online' }
    row('sign-in, cold', kilobytes(await weight(browser, door)))
    row('room, cold', kilobytes(await weight(browser, room)))
    for (const [name, page] of Object.entries({ 'sign-in': door, room })) {
      const opened = []
      for (let run = 0; run < 5; run += 1) opened.push(await opening(browser, page, slower))
      row(`${name}, interactive`, `${Math.round(median(opened))} ms at ${slower}x (median of 5)`)
    }
  },
  answer: async () => {
    const took = await firstWords(browser, program.url, { fake, times: ANSWERS, slower })
    const late = took.filter((ms) => ms > PROMPT_MS).length
    row(
      'first delta on screen',
      `${Math.round(median(took))} ms at ${slower}x after the fake sent it, at most ${Math.round(Math.max(...took))} ms`,
    )
    row('', `over ${PROMPT_MS} ms: ${late} of ${ANSWERS}`)
  },
  jump: async () => {
    const past = { messages: Number(options.past), times: JUMPS, slower: [1, slower] }
    for (const [index, took] of (await jumps(browser, past)).entries()) {
      const late = took.filter((ms) => ms > PROMPT_MS).length
      row(
        index === 0 ? 'a hit of a search on screen' : '',
        `${Math.round(median(took))} ms at ${past.slower[index]}x, 95 % within ${Math.round(share(took, 0.95))} ms; over ${PROMPT_MS} ms: ${late} of ${JUMPS}`,
      )
    }
  },
  flood: async () => {
    const found = await flood(browser, program.url, { ...options, seconds, slower })
    row(
      `50 messages/s for ${seconds} s`,
      `${found.shown} shown, ${found.fps} frames/s at ${slower}x`,
    )
    row(
      '  tasks over 50 ms',
      `${found.over50}, over 100 ms: ${found.over100} (${found.over100Cpu} by CPU)`,
    )
    row('  longest', `${found.longest} ms, ${found.longestCpu} ms of CPU`)
    row('  main thread', `${found.busy} % busy, ${found.cpu} ms of CPU: ${found.parts}`)
    if (found.worst) row('  the longest task', found.worst)
  },
  model: async () => {
    const { messages, ms, heap, nodes } = await throughTheModel(
      browser,
      program.url,
      Number(options.messages),
    )
    row(`${messages} messages at once`, `${Math.round(ms)} ms`)
    row('  heap after gc', heap.map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`).join(' → '))
    row('  DOM nodes after gc', nodes.join(' → '))
  },
}

try {
  for (const [name, measure] of Object.entries(figures))
    if (name.startsWith(options.only)) await measure()
  row('CSP violations', String(browser.violations.length))
  for (const violation of browser.violations) row('', violation)
} finally {
  await browser.close()
  await program.remove()
  await fake.close()
}

/** @param {string} what @param {string} figure */
function row(what, figure) {
  console.log(`${what.padEnd(28)} ${figure}`)
}

/** @param {{requests: number, bytes: number}} weight */
function kilobytes({ requests, bytes }) {
  return `${requests} requests, ${(bytes / 1000).toFixed(1)} kB`
}

/** @param {number[]} values */
function median(values) {
  return share(values, 0.5)
}

/** What so large a part of the values does not exceed. @param {number[]} values @param {number} part */
function share(values, part) {
  const place = Math.min(values.length - 1, Math.floor(values.length * part))
  return values.toSorted((a, b) => a - b)[place] ?? 0
}
