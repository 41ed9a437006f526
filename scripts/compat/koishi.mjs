import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { begin } from './child.mjs'

/** A plugin as bots' authors write it: what the plugins from npm do not do. */
const own = `exports.name = 'own'
exports.apply = (ctx) => {
  const { h } = require('koishi')
  const online = (bot) => bot.status === 1 && console.log('own: online')
  ctx.on('bot-status-updated', online)
  ctx.on('guild-member-added', (session) => session.send('welcome ' + session.userId))
  ctx.on('message-deleted', (session) => session.send('gone ' + session.messageId))
  ctx.middleware(async (session, next) => {
    const { content, bot, channelId, guildId, userId, messageId } = session
    if (content === 'rich')
      return h('', h('img', { src: 'https://example.com/a.png' }), 'hi ', h('b', 'bold'), ' ',
        h('a', { href: 'https://x.cn/' }, 'link'), ' ', h.at(userId), h('br'), 'line2')
    if (content === 'quote') return h('', h.quote(messageId), 'quoted reply')
    if (content === 'media') return h('', h.audio('https://example.com/a.mp3'), h.image(Buffer.from('x'), 'image/png'))
    if (content === 'forward') return h('message', { forward: true }, h('message', 'one'), h('message', 'two'))
    if (content === 'members') {
      const { data } = await bot.getGuildMemberList(guildId)
      return 'members: ' + data.map((one) => one.user?.name ?? one.name).join(',')
    }
    if (content === 'stream') {
      const [id] = await session.send('thinking…')
      for (const words of ['one', 'one two', 'one two three']) await bot.editMessage(channelId, id, words)
      return
    }
    if (content === 'back') {
      const [id] = await session.send('a slip')
      return void (await bot.deleteMessage(channelId, id))
    }
    if (content === 'in private') return void (await bot.sendPrivateMessage(userId, 'psst'))
    if (content === 'past') return 'past: ' + (await bot.getMessage(channelId, messageId)).content
    if (content === 'ask') {
      const answer = session.prompt(10000)
      await session.send('what is your name?')
      return 'hello ' + (await answer)
    }
    return next()
  })
}
`

/** What it says when its adapter is through with greeting our server. */
const READY = /own: online/

/**
 * Koishi as its users start it, `koishi start`, in a folder of its own, with plugins from npm and one of its author's.
 * @param {{ compat: string, atEnd: (end: () => unknown) => void }} world
 * @param {string} plugins Lines of koishi.yml.
 */
export async function koishi({ compat, atEnd }, plugins) {
  const folder = await mkdtemp(join(tmpdir(), 'koishi-'))
  atEnd(() => rm(folder, { recursive: true, force: true }))
  await symlink(join(compat, 'node_modules'), join(folder, 'node_modules'), 'junction')
  await writeFile(join(folder, 'package.json'), '{"name":"a-bot"}')
  await mkdir(join(folder, 'plugins'))
  await writeFile(join(folder, 'plugins', 'own.js'), own)
  const config = `autoAuthorize: 4
nickname: [birdie]
${plugins}  chess: {}
  dialogue: {}
  database-memory: {}
  ./plugins/own: {}
`
  await writeFile(join(folder, 'koishi.yml'), config)
  const program = begin({
    command: process.execPath,
    args: [join(compat, 'node_modules', 'koishi', 'bin.js'), 'start'],
    cwd: folder,
    env: { NO_COLOR: '1', FORCE_COLOR: '0' },
    ready: READY,
    atEnd,
  })
  await program.ready
  return program
}

/** koishi.yml as a page of the docs has it, for this server and token. */
export function fromDocs(page, { url, token }) {
  const text = readFileSync(new URL(`../../docs/gateways/${page}.md`, import.meta.url), 'utf8')
  const [, config = ''] = /^```yaml koishi\.yml\n(.*?)^```$/ms.exec(text) ?? []
  return config.replaceAll('127.0.0.1:8088', new URL(url).host).replaceAll('TOKEN', token)
}
