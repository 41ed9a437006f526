import { createRequire } from 'node:module'

export const packages = ['discord.js']

const TOKEN = 'a-token-of-compat'

export const options = () => ({ bots: `[bot:builds]\nuse = webhook-in\ntoken = ${TOKEN}\n` })

/** The client of webhooks in discord.js; of Discord nothing but the address is another. */
export async function* run({ url, compat, person, atEnd }) {
  const { AttachmentBuilder, EmbedBuilder, WebhookClient } = createRequire(`${compat}/`)(
    'discord.js',
  )
  const clientOf = (token) => {
    const client = new WebhookClient({ id: '1', token }, { rest: { api: `${url}/api` } })
    atEnd(() => client.destroy())
    return client
  }
  const hook = clientOf(TOKEN)
  const ada = await person('ada')
  let sent
  yield [
    'content, and the message comes back',
    async () => {
      sent = await hook.send('**hello** from discord.js')
      await ada.hears(/^\*\*hello\*\* from discord\.js$/)
      return sent.content === '**hello** from discord.js'
    },
  ]
  yield [
    'an embed',
    async () => {
      const embed = new EmbedBuilder({
        title: 'Disk',
        url: 'https://m.example/',
        description: 'full',
        color: 0xff0000,
        footer: { text: 'foot' },
      })
      embed.addFields({ name: 'host', value: 'h1', inline: true }).setTimestamp()
      await hook.send({ embeds: [embed] })
      await ada.hears(
        /^\*\*\[Disk\]\(<https:\/\/m\.example\/>\)\*\*\nfull\n\*\*host\*\*: h1\nfoot$/,
      )
    },
  ]
  yield [
    'a name and a face of its own',
    async () => {
      await hook.send({
        content: 'built',
        username: 'Jenkins',
        avatarURL: 'https://ci.example/face.png',
      })
      await ada.hears(/^\*\*Jenkins\*\*\nbuilt$/)
    },
  ]
  yield [
    'a file, which is named',
    async () => {
      await hook.send({
        content: 'the log',
        files: [new AttachmentBuilder(Buffer.from('x'), { name: 'build.log' })],
      })
      await ada.hears(/^the log\n.*build\.log/)
    },
  ]
  yield [
    'asks for its message, edits it, and takes it back',
    async () => {
      if ((await hook.fetchMessage(sent.id)).content !== '**hello** from discord.js') return false
      const edited = await hook.editMessage(sent.id, 'hello again')
      await ada.meets((frame) => frame.type === 'edit' && frame.data === 'hello again', 'an edit')
      await hook.deleteMessage(sent.id)
      await ada.meets((frame) => frame.type === 'recall', 'a recall')
      return edited.content === 'hello again'
    },
  ]
  yield [
    'more at once than a bot may say arrives in the end',
    async () => {
      const lines = Array.from({ length: 8 }, (_, n) => `line ${n}`)
      const answers = await Promise.all(lines.map((line) => hook.send(line)))
      return new Set(answers.map(({ id }) => id)).size === lines.length
    },
  ]
  yield [
    'nothing to say has its number in the error',
    async () =>
      (await hook.send({ content: '', embeds: [] }).catch((error) => error)).code === 50_006,
  ]
  yield [
    'so has a wrong address',
    async () => {
      const error = await clientOf('another-token-of-16')
        .send('x')
        .catch((fault) => fault)
      return error.status === 404 && error.code === 10_015
    },
  ]
}
