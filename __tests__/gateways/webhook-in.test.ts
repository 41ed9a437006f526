import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { fromAlertmanager } from '../../src/gateways/webhook-in/alertmanager.js'
import { readBody } from '../../src/gateways/webhook-in/body.js'
import { fromDiscord } from '../../src/gateways/webhook-in/discord.js'
import { fromGithub, isSigned } from '../../src/gateways/webhook-in/github.js'
import { fromMrkdwn } from '../../src/gateways/webhook-in/mrkdwn.js'
import { fromSlack } from '../../src/gateways/webhook-in/slack.js'

/** What a real sender sent, caught once. */
const captured = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`captured/${name}.json`, import.meta.url), 'utf8'))

describe('a body', () => {
  const FORM = 'application/x-www-form-urlencoded'
  test.each<[string, string, string, object]>([
    ['JSON', '{"text":"hi"}', 'application/json', { payload: { text: 'hi' } }],
    ['JSON that curl -d labels as a form', '{"text":"hi"}', FORM, { payload: { text: 'hi' } }],
    [
      'payload= of a form',
      'payload=%7B%22text%22%3A%22h%2Bi%22%7D',
      FORM,
      { payload: { text: 'h+i' } },
    ],
    ['words', ' 下班啦 \n', 'text/plain', { text: '下班啦' }],
    ['words that curl -d labels as a form', 'hello there', FORM, { text: 'hello there' }],
  ])('may be %s', (_, raw, type, read) => {
    expect(readBody(raw, type)).toEqual(read)
  })

  test.each<[string, string, string, string]>([
    ['broken JSON', '{"text":', 'text/plain', 'invalid_payload'],
    ['a form with broken JSON', 'payload=%7B', FORM, 'invalid_payload'],
    ['JSON that is no object', '[1]', 'application/json', 'invalid_payload'],
    ['nothing', ' \n', 'text/plain', 'no_text'],
  ])('is refused if it is %s', (_, raw, type, fault) => {
    expect(() => readBody(raw, type)).toThrow(expect.objectContaining({ fault }))
  })
})

test.each([
  ['*bold* and _slanted_ and ~gone~', '**bold** and _slanted_ and ~~gone~~'],
  ['2*3*4 ~ 5', '2*3*4 ~ 5'],
  ['`*not bold*` *b*', '`*not bold*` **b**'],
  ['<https://a.example/x?y=1&amp;z=2|the page>', '[the page](<https://a.example/x?y=1&z=2>)'],
  ['<https://a.example>', 'https://a.example'],
  ['<javascript:alert(1)|press me>', 'press me'],
  ['<@U1> <@U2|ada> <#C1|ops> <!here> <!subteam^S1|@team>', '@U1 @ada #ops @here @team'],
  ['a &lt;b&gt; &amp;amp; *c*', 'a <b> &amp; **c**'],
  ['&lt;https://a.example|no link&gt;', '<https://a.example|no link>'],
  ['*磁盘*将满', '*磁盘*将满'],
  ['*磁盘* 将满', '**磁盘** 将满'],
])('Slack’s markup %s is ours %s', (from, to) => {
  expect(fromMrkdwn(from)).toBe(to)
})

describe('what Slack’s senders send', () => {
  test('attachments without a text, as Alertmanager does, are no empty bubble', () => {
    expect(fromSlack(captured('alertmanager-as-slack'))).toEqual({
      as: 'Alertmanager',
      channel: 'ops',
      text: '🔴 **[\\[FIRING:1\\]  (磁盘将满 h1 page)](<http://vm:9193/#/alerts?receiver=all>)**',
    })
    expect(fromSlack(captured('alertmanager-as-slack-with-fields')).text).toMatch(/\nsev: page$/)
  })

  test('blocks take the place of the text, which is for notices', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Deploy' } },
      { type: 'divider' },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: '*done* in 3 s' },
        fields: [{ type: 'mrkdwn', text: 'by _ada_' }],
      },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'main' },
          { type: 'image', alt_text: 'ok' },
        ],
      },
      { type: 'video' },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'see ' },
              { type: 'link', url: 'https://a.example', text: 'this' },
            ],
          },
        ],
      },
    ]
    expect(fromSlack({ text: 'short', blocks }).text).toBe(
      '**Deploy**\n**done** in 3 s\nby _ada_\nmain ok\nsee [this](<https://a.example>)',
    )
  })

  test('what is empty counts as absent, and a fallback is the last resort', () => {
    const nothing = { text: '', image_url: '', fallback: 'something is up', fields: null }
    expect(fromSlack({ text: '', attachments: [nothing] }).text).toBe('something is up')
  })

  test.each([
    ['no object', 'x', 'invalid_payload'],
    ['no words', { text: ' ', attachments: [{ color: 'good' }], blocks: 7 }, 'no_text'],
  ])('%s is refused', (_, payload, fault) => {
    expect(() => fromSlack(payload)).toThrow(expect.objectContaining({ fault }))
  })
})

test('what Alertmanager sends in Discord’s form is shown with its title', () => {
  const { text } = fromDiscord(captured('alertmanager-as-discord'))
  expect(text).toMatch(/^\*\*\\?\[FIRING:1\\?\] {2}\(磁盘将满 h1 page\)\*\*\nAlerts Firing:/)
  expect(() => fromDiscord({ content: '', embeds: [{}] })).toThrow(
    expect.objectContaining({ fault: 'no_text' }),
  )
})

test('alerts in Alertmanager’s own form say what, how bad and where, in the room’s language', () => {
  expect(fromAlertmanager(captured('alertmanager'), 'zh-CN').text).toBe(
    '🔴 **告警** 磁盘将满 (page, h1)\n/ 95% <b>',
  )
  const over = { alerts: [{ status: 'resolved', labels: { alertname: 'Disk', job: 'node' } }] }
  expect(fromAlertmanager(over, 'en').text).toBe('🟢 **Resolved** Disk\n`job=node`')
})

describe('what GitHub sends', () => {
  const sender = { login: 'ada' }
  const repository = { full_name: 'ada/tea', html_url: 'https://github.com/ada/tea' }
  const at = '[ada/tea](<https://github.com/ada/tea>)'
  const said = (kind: string, event: object, lang: 'en' | 'zh-CN' = 'en') =>
    fromGithub(kind, { sender, repository, ...event }, lang).text

  test('a push names its commits, the first five', () => {
    const commits = Array.from({ length: 7 }, (_, n) => ({
      id: `${n}abcdef0123`,
      message: `Step ${n}\n\nwhy`,
    }))
    const text = said('push', { ref: 'refs/heads/main', commits })
    expect(text.split('\n')).toEqual([
      `**ada** pushed 7 commits to \`main\` of ${at}`,
      ...[0, 1, 2, 3, 4].map((n) => `- ${n}abcdef Step ${n}`),
      '… and 2 more',
    ])
  })

  test.each<[string, object, string]>([
    [
      'ping',
      { zen: 'Keep it simple.' },
      `**ada** has connected ${at} with this room.\nKeep it simple.`,
    ],
    [
      'issues',
      { action: 'opened', issue: { number: 3, title: 'Cold tea' } },
      `**ada** opened the issue #3 Cold tea of ${at}`,
    ],
    [
      'pull_request',
      { action: 'closed', pull_request: { number: 4, title: 'Warm', merged: true } },
      `**ada** merged the pull request #4 Warm of ${at}`,
    ],
    [
      'issue_comment',
      { issue: { number: 3, title: 'Cold tea' }, comment: { body: 'yes\nit is' } },
      `**ada** commented on #3 Cold tea of ${at}\n> yes it is`,
    ],
    [
      'release',
      { action: 'published', release: { tag_name: 'v1' } },
      `**ada** published the release v1 of ${at}`,
    ],
    [
      'workflow_run',
      {
        action: 'completed',
        workflow_run: { name: 'CI', conclusion: 'failure', head_branch: 'main' },
      },
      `🔴 CI of ${at} on \`main\`: failure`,
    ],
    ['star', { action: 'created' }, `**ada** at ${at}: star created`],
  ])('%s is a line', (kind, event, text) => {
    expect(said(kind, event)).toBe(text)
  })

  test('it is told in the room’s language', () => {
    expect(
      said('issues', { action: 'opened', issue: { number: 3, title: '茶凉了' } }, 'zh-CN'),
    ).toBe(`**ada**提出了 ${at} 的议题 #3 茶凉了`)
  })

  test('a signature is that of the body with the secret, and of nothing else', () => {
    const signature = `sha256=${createHmac('sha256', 'tea').update('{"a":1}').digest('hex')}`
    expect(isSigned('{"a":1}', signature, 'tea')).toBe(true)
    expect(isSigned('{"a":2}', signature, 'tea')).toBe(false)
    expect(isSigned('{"a":1}', signature, 'milk')).toBe(false)
    expect(isSigned('{"a":1}', '', 'tea')).toBe(false)
  })
})
