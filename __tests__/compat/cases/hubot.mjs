import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { begin } from '../../../scripts/compat/child.mjs'

export const packages = ['hubot', 'hubot-help', 'hubot-rules', 'hubot-diagnostics']

/** What bots' authors write for Hubot, and the ways of hearing that scripts use. */
const script = `export default (robot) => {
  robot.on('scripts have loaded', () => setTimeout(() => console.log('scripts are loaded'), 500))
  robot.respond(/ping/i, (res) => res.reply('PONG'))
  robot.hear(/badger/i, (res) => res.send('Badgers? WE DO NOT NEED NO STINKING BADGERS'))
  robot.respond(/remember (.+)$/i, (res) => {
    robot.brain.set('note', res.match[1])
    res.emote('takes a note')
  })
  robot.respond(/recall$/i, (res) => res.send(robot.brain.get('note')))
  robot.respond(/broken$/i, () => { throw new Error('on purpose') })
  robot.enter((res) => res.send('Welcome, ' + res.message.user.name))
  robot.listenerMiddleware(async (context) => !/forbidden/.test(context.response.message.text))
}
`

/** The real Hubot with our adapter, its scripts from npm, and one of its author's. */
export async function* run({ url, compat, command, person, atEnd }) {
  const { token, made } = command('bot', 'token', '小鸟bot', '--scopes', 'read,write,moderate')
  const folder = await mkdtemp(join(tmpdir(), 'hubot-'))
  atEnd(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'scripts'))
  await writeFile(join(folder, 'scripts', 'own.mjs'), script)
  const external = ['hubot-help', 'hubot-rules', 'hubot-diagnostics']
  await writeFile(join(folder, 'external-scripts.json'), JSON.stringify(external))

  const hubot = begin({
    command: process.execPath,
    args: [
      join(compat, 'node_modules', 'hubot', 'bin', 'Hubot.mjs'),
      '-a',
      'hubot-chat-room',
      '-d',
    ],
    cwd: folder,
    env: { CHAT_ROOM_URL: url, CHAT_ROOM_TOKEN: token },
    ready: /scripts are loaded/,
    atEnd,
  })
  await hubot.ready
  yield ['comes into the room and loads its scripts']
  const ada = await person('ada')
  yield ['is told who comes in', () => ada.hears(/^Welcome, ada$/)]

  const talks = [
    ['小鸟bot ping', /^PONG$/, 'respond, by its name'],
    ['@小鸟bot ping', /^PONG$/, 'respond, called with @'],
    ['小鸟bot：ping', /^PONG$/, 'respond, with a full-width colon'],
    ['a badger!', /^Badgers\?/, 'hear'],
    ['小鸟bot remember 42', /^\*takes a note\*$/, 'emote, and the brain'],
    ['小鸟bot recall', /^42$/, 'what the brain kept'],
    ['小鸟bot help', /ping|help/i, 'hubot-help'],
    ['小鸟bot the rules', /robot may not harm/i, 'hubot-rules'],
    ['小鸟bot adapter', /ChatRoom/i, 'hubot-diagnostics'],
    ['小鸟bot broken', undefined, ''],
    ['小鸟bot ping', /^PONG$/, 'a script that throws ends nothing'],
    ['小鸟bot ping forbidden', undefined, ''],
    ['小鸟bot ping', /^PONG$/, 'listener middleware'],
  ]
  for (const [line, answer, what] of talks) {
    ada.says(line)
    if (answer) yield [what, () => ada.hears(answer)]
  }
  ada.says('小鸟bot ping')
  const { reply_to: under, user } = await ada.hears(/^PONG$/)
  yield [
    'answers under the line, as a bot',
    under > 0 && user.kind === 'bot' && user.id === made.bot.id,
  ]

  command('bot', 'revoke', `${made.id}`)
  await hubot.gone
  yield ['says why it is let in no more, and ends', /lets this bot in no more/.test(hubot.said())]
}
