import { expect, test } from '@jest/globals'
import type { Delta, Frame } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

/** A user's bot: writes half an answer to `ask`, and the rest when somebody says `more`. */
const slow = `let more = () => {}
export default {
  name: 'slow',
  api: 1,
  setup(host) {
    host.use(async (ctx, next) => {
      await next()
      if (ctx.message.text === 'more') more()
    })
    host.bot(async (ctx, next) => {
      await next()
      if (ctx.message.text !== 'ask') return
      const draft = ctx.stream()
      draft.write('half ')
      await new Promise((resolve) => {
        more = resolve
        draft.signal.addEventListener('abort', resolve)
      })
      draft.write('and whole')
      await draft.end()
    }, { hear: 'all' })
  },
}`

const world = {
  plugins: { 'bot:slow': { use: './slow.mjs' } },
  files: { 'slow.mjs': slow },
}

const isDelta = (frame: Frame): frame is Delta => frame.type === 'delta'
const shows = (data: string) => (frame: Frame) => isDelta(frame) && frame.data === data
const isAnswer = (frame: Frame) => frame.type === 'chat' && 'stream' in frame

/** The id of the stream, once it shows this. */
async function streamAt(person: Person, data: string): Promise<string> {
  const delta = await person.next(shows(data))
  return isDelta(delta) ? delta.stream : ''
}

test('an answer grows before everybody and is one stored line', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'], ...world })
  const { seq } = await ada.says('ask')
  const stream = await streamAt(grace, 'half ')
  await ada.says('more')
  const answer = await grace.next(isAnswer)

  expect(answer).toMatchObject({
    data: 'half and whole',
    stream,
    cid: stream,
    ended: 'done',
    cause: seq,
  })
  expect(await ada.hears()).toEqual(['ada: ask', 'ada: more', 'slow: half and whole'])
})

test('who asked may stop it, and what was written is kept', async () => {
  const { ada } = await lobby({ people: ['ada'], ...world })
  await ada.says('ask')
  const stream = await streamAt(ada, 'half ')
  await ada.request({ type: 'stop', room: 'lobby', stream })
  const answer = await ada.next(isAnswer)

  expect(answer).toMatchObject({ data: 'half', stream, ended: 'cancelled' })
})

test('nobody else may stop it, and what is over cannot be stopped', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'], ...world })
  await ada.says('ask')
  const stream = await streamAt(grace, 'half ')
  const stop = { type: 'stop', room: 'lobby', stream }
  await expect(grace.request(stop)).rejects.toMatchObject({ code: 'denied' })
  await ada.says('more')
  await ada.next(isAnswer)

  await expect(ada.request(stop)).rejects.toMatchObject({ code: 'no_such_message' })
})

test('who comes back in the middle sees all of it, and the end', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'], ...world })
  await ada.says('ask')
  const stream = await streamAt(ada, 'half ')
  await grace.drop()
  await grace.connect()
  const { streams } = await grace.join()
  await ada.says('more')
  await grace.next(isAnswer)

  expect(streams).toMatchObject([{ stream, offset: 0, data: 'half ', cause: 1 }])
  expect((await grace.join('lobby', { anew: true })).streams).toEqual([])
})

test('a classic client gets the whole answer once, and nothing else', async () => {
  const w = await lobby({ people: ['ada'], ...world })
  const old = await w.classic(await w.signIn('grace'))
  await w.ada.says('ask')
  await streamAt(w.ada, 'half ')
  await w.ada.says('more')
  await old.hears('slow', 'half and whole')

  const said = old.lines.filter(({ type }) => type === 'chat').map(({ data }) => data)
  expect(said).toEqual(['ask', 'more', 'half and whole'])
})

test('a server that closes keeps what there is, as cancelled', async () => {
  const w = await lobby({ people: ['ada'], ...world })
  await w.ada.says('ask')
  await streamAt(w.ada, 'half ')
  await w.restart()
  await w.ada.comesBack()
  await w.ada.hears()

  expect(w.ada.heard().at(-1)).toMatchObject({
    data: 'half',
    ended: 'cancelled',
    stream: expect.any(String),
  })
})

test('an answer ends where its plugin is, when the plugin dies', async () => {
  const dies = slow.replace(
    "draft.write('half ')",
    "draft.write('half '); process.nextTick(() => process.exit(1))",
  )
  const { ada } = await lobby({ people: ['ada'], ...world, files: { 'slow.mjs': dies } })
  await ada.says('ask')
  const answer = await ada.next(isAnswer)

  expect(answer).toMatchObject({ data: 'half', ended: 'error' })
})
