import { createRequire } from 'node:module'

export const packages = ['@slack/webhook']

const TOKEN = 'a-token-of-compat'

const OTHER = 'a-token-of-compat-too'

export const options = () => ({
  bots: `[bot:builds]\nuse = webhook-in\ntoken = ${TOKEN}\n[bot:more]\nuse = webhook-in\ntoken = ${OTHER}\n`,
})

/** What Slack gives authors of programs that send to its hooks. */
export async function* run({ url, compat, person }) {
  const { IncomingWebhook } = createRequire(`${compat}/`)('@slack/webhook')
  const ada = await person('ada')
  const arrives = async (message, pattern, path = `/hooks/${TOKEN}`) => {
    const { text } = await new IncomingWebhook(`${url}${path}`).send(message)
    if (text !== 'ok') throw new Error(`it was answered "${text}"`)
    await ada.hears(pattern)
  }
  yield ['a text', () => arrives('The tea is ready', /^The tea is ready$/)]
  yield [
    'Slack’s form of an address',
    () => arrives('over there', /^over there$/, `/services/T1/B1/${TOKEN}`),
  ]
  yield [
    'mrkdwn',
    () =>
      arrives(
        { text: '*Build 17* is <https://ci.example/17|done> &amp; _green_ :tada:' },
        /^\*\*Build 17\*\* is \[done\]\(<https:\/\/ci\.example\/17>\) & _green_/,
      ),
  ]
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: 'Deploy' } },
    { type: 'section', text: { type: 'mrkdwn', text: '*done* in 3 s' } },
    { type: 'divider' },
    { type: 'context', elements: [{ type: 'mrkdwn', text: 'main' }] },
  ]
  yield [
    'blocks',
    () => arrives({ text: 'short', blocks }, /^\*\*Deploy\*\*\n\*\*done\*\* in 3 s\nmain$/),
  ]
  const attachments = [
    {
      color: 'danger',
      title: 'Disk',
      title_link: 'https://m.example/',
      text: 'full',
      fields: [{ title: 'host', value: 'h1', short: true }],
    },
  ]
  yield [
    'attachments without a text',
    () =>
      arrives({ attachments }, /^🔴 \*\*\[Disk\]\(<https:\/\/m\.example\/>\)\*\*\nfull\nhost: h1$/),
  ]
  yield [
    'a name of its own',
    () =>
      arrives(
        { username: 'Jenkins', text: 'built' },
        /^\*\*Jenkins\*\*\nbuilt$/,
        `/hooks/${OTHER}`,
      ),
  ]
  yield [
    'a wrong address has its name in the error',
    async () => {
      const wrong = new IncomingWebhook(`${url}/hooks/another-token-of-16`)
      const error = await wrong.send('x').catch((fault) => fault)
      return error.statusCode === 404 && error.body === 'no_service'
    },
  ]
}
