import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { Program, signIn } from '../program.mjs'

/** Saves before memory is looked at: what is loaded for the first time belongs to the server. */
const FIRST = 50
const PATIENCE_MS = 10_000
/** Who comes is told once a second: nobody saves two new bots in that time. */
const CALM_MS = 1_100

/**
 * How long after saving a file the room has another bot, and the bot is another one; and what a bot that is saved
 * again and again leaves in the memory of a running server.
 * @param {{ reloads: number }} options
 * @param {(line: string) => void} say
 */
export async function measureSaves({ reloads }, say) {
  const program = await Program.prepare()
  try {
    await program.start()
    const visitor = await enter(program.url)
    const bot = (n) =>
      `export default async (ctx) => ctx.reply('version ${n}')\n// ${'x'.repeat(10_000)}\n`
    const save = (name, n, type) =>
      visitor.sees(() => program.save(`bots/${name}.mjs`, bot(n)), { name, type })

    const came = []
    for (let n = 0; n < 10; n++) {
      await wait(CALM_MS)
      came.push(await save(`bird-${n}`, n, 'join'))
    }
    await wait(CALM_MS)
    await save('dice', 0, 'join')
    for (let n = 0; n < FIRST; n++) await save('dice', n, 'status')
    const before = await memoryOf(program)
    const changed = []
    for (let n = 0; n < reloads; n++) {
      changed.push(await save('dice', FIRST + n, 'status'))
      if (n % 250 === 249) say(`${n + 1} saves: RSS ${await memoryOf(program)} MB`)
    }
    await wait(1_000) // the last one before goes when it is done
    const after = await memoryOf(program)
    visitor.close()
    return { came, changed, before, after, reloads }
  } finally {
    await program.remove()
  }
}

/** @param {Awaited<ReturnType<typeof measureSaves>>} figures */
export const savesTable = ({ came, changed, before, after, reloads }) =>
  [
    `saved to visible, a new bot     ${spread(came)}   (goal 1000)`,
    `saved to visible, a version     ${spread(changed)}   (goal 1000)`,
    `${reloads} saves, a running server   RSS ${before} MB → ${after} MB   (goal ±20)`,
  ].join('\n')

function spread(times) {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share) => (sorted[Math.floor((sorted.length - 1) * share)] ?? NaN).toFixed(0)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`
}

/** Somebody in the lobby who has a look at its members. */
async function enter(url) {
  const { cookie } = await signIn(url, 'Ada')
  const ws = new WebSocket(`${url.replace('http', 'ws')}/chat`, 'chat-room.v1', {
    headers: { cookie },
  })
  await once(ws, 'open')
  const joined = heard(ws, ({ type }) => type === 'joined')
  ws.send(JSON.stringify({ type: 'join', cid: 'join-00000000', room: 'lobby' }))
  await joined
  return {
    /** @returns milliseconds from what is done to the frame that tells of this bot. */
    async sees(act, { name, type }) {
      const seen = heard(ws, (frame) => frame.type === type && namesIn(frame).includes(name))
      const begun = performance.now()
      await act()
      await seen
      return performance.now() - begun
    },
    close: () => ws.terminate(),
  }
}

const namesIn = ({ user, users = [] }) => [user, ...users].map((one) => one?.name)

function heard(ws, fits) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the room heard nothing of it')), PATIENCE_MS)
    ws.on('message', function look(data) {
      if (!fits(JSON.parse(data))) return
      ws.off('message', look)
      clearTimeout(late)
      resolve()
    })
  })
}

/** Resident, in MB. */
async function memoryOf({ pid }) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024)
}
