import { all, begin, chunk, DONE, event, HEADERS, refuse, stop, text } from './stream.mjs'

/**
 * What services do, by name. The first fifteen are the ones that clients get wrong; the rest is what a
 * chat room has to stand as well. Nothing here waits for a clock.
 */
export const scenarios = {
  ok: ({ response }) => all(response, text('你好，'), text('我是'), text('模型。'), stop(), DONE),
  /** Busy at the first try. */
  'busy-once': ({ response, tries }) =>
    tries === 1
      ? refuse(response, 429, { 'retry-after': '1' })
      : all(response, text('at last'), stop(), DONE),
  'busy-long': ({ response }) => refuse(response, 429, { 'retry-after': '120' }),
  'wrong-key': ({ response }) => refuse(response, 401, {}, 'Incorrect API key provided: sk-secret'),
  'bad-gateway': ({ response }) => {
    response.writeHead(502, { 'content-type': 'text/html' })
    response.end('<html><h1>502 Bad Gateway</h1></html>')
  },
  /** Takes the question and says nothing. */
  silent: ({ hold }) => hold(),
  /** Half a sentence, then nothing. */
  stall: async ({ response, hold }) => {
    await begin(response, text('half a '), text('sentence'))
    await hold()
  },
  /** The line breaks inside a character. */
  cut: async ({ response, hold }) => {
    const bytes = Buffer.from(text('half a 鸟'))
    await begin(response, text('half a '), text('sentence'))
    await hold()
    await new Promise((resolve) =>
      response.write(bytes.subarray(0, bytes.indexOf('鸟') + 1), resolve),
    )
    response.destroy()
  },
  /** Ends as if it were done, but never says so. */
  truncated: ({ response }) => all(response, text('half a '), text('sentence')),
  'error-inside': ({ response }) =>
    all(response, text('half a sentence'), event({ error: { message: 'overloaded' } })),
  /** Waits inside a character, and goes on. */
  split: async ({ response, hold }) => {
    const bytes = Buffer.from(text('half a ') + text('小鸟。') + stop() + DONE)
    const inside = bytes.indexOf('鸟') + 1
    response.writeHead(200, HEADERS)
    response.write(bytes.subarray(0, inside))
    await hold()
    response.end(bytes.subarray(inside))
  },
  /** Byte by byte, with comments between. */
  bytes: async ({ response }) => {
    const stream = `: keep-alive\n\n${text('小鸟🐦')}: keep-alive\r\n\r\n${text('飞')}${stop()}${DONE}`
    await begin(response, '')
    for (const byte of Buffer.from(stream)) await one(response, byte)
    response.end()
  },
  thinking: ({ response }) =>
    all(
      response,
      chunk({ reasoning_content: 'Let me think.' }),
      chunk({ reasoning: 'Still thinking.' }),
      text('42'),
      stop(),
      DONE,
    ),
  length: ({ response }) => all(response, text('as long as it may be'), stop('length'), DONE),
  tools: ({ response }) => {
    const call = (index, args) =>
      chunk({ tool_calls: [{ index, id: 'call_1', function: { name: 'roll', arguments: args } }] })
    all(response, call(0, '{"sides":'), call(0, '6}'), stop('tool_calls'), DONE)
  },
  /**
   * Uses the tools that it is told to, `call add {"a":1} call slow {}`, all at once and their arguments in pieces; then
   * says what they returned. Of a name it takes the tool that ends so.
   */
  'as-told': ({ response, body }) => {
    const results = sinceAsked(body).filter(({ role }) => role === 'tool')
    const calls = results.length > 0 ? [] : told(body)
    const said = results.map(({ content }) => content).join(' | ')
    if (calls.length === 0) return all(response, text(said || 'no tools'), stop(), DONE)
    const pieces = calls.flatMap(([name, args], index) => [
      call(index, { id: `call_${index}`, name, args: args.slice(0, 3) }),
    ])
    const rest = calls.map(([, args], index) => call(index, { args: args.slice(3) }))
    all(response, text('Let me see.'), ...pieces, ...rest.toReversed(), stop('tool_calls'), DONE)
  },
  /** Wants its first tool again and again, whatever it is told. */
  'tools-again': ({ response, body, tries }) => {
    const name = body.tools?.[0]?.function.name ?? 'none'
    all(response, call(0, { id: `call_${tries}`, name, args: '{}' }), stop('tool_calls'), DONE)
  },
  /** The same, as services send it that do not stream: no numbers, arguments as an object, an end like any other. */
  'tools-whole': ({ response, body }) => {
    const used = sinceAsked(body).find(({ role }) => role === 'tool')
    const [wanted] = told(body)
    const wish = wanted && { function: { name: wanted[0], arguments: JSON.parse(wanted[1]) } }
    const message = used ? { content: used.content } : { content: '', tool_calls: [wish] }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }))
  },
  /** Never ends by itself. */
  endless: async ({ response }) => {
    while (!response.destroyed) await begin(response, text('and so on '))
  },

  /** Waits for a release after each word. */
  slow: async ({ response, hold }) => {
    for (const word of ['one ', 'two ', 'three']) {
      await begin(response, text(word))
      await hold()
    }
    response.end(stop() + DONE)
  },
  /** Waits before its first word; never the same answer twice, which a room would take for a loop. */
  late: async ({ response, hold, tries }) => {
    await hold()
    all(response, text(`now ${tries}`), stop(), DONE)
  },
  /** Markdown that waits where it is unfinished: in a bold word, in a block of code. */
  markdown: async ({ response, hold }) => {
    const parts = [
      'Use **full jit',
      'ter** in [time](https://exam',
      'ple.org/a):\n\n```js\nconst wait = ',
      '2 ** tries\n```\n\n- one\n- two',
    ]
    for (const part of parts) {
      await begin(response, text(part))
      await hold()
    }
    response.end(stop() + DONE)
  },
  /** An answer as models like to give them, in two parts: the first ends in the middle of a block of code. */
  essay: async ({ response, hold }) => {
    await begin(response, text(essay.slice(0, essay.indexOf('  const cap'))))
    await hold()
    await begin(response, text(essay.slice(essay.indexOf('  const cap'))))
    await hold()
    response.end(stop() + DONE)
  },
  'thinking-long': async ({ response, hold }) => {
    await begin(response, chunk({ reasoning_content: 'hm' }))
    await hold()
    await begin(response, chunk({ reasoning_content: 'hm' }))
    await hold()
    response.end(text('I know') + stop() + DONE)
  },
  empty: ({ response }) => all(response, chunk({ role: 'assistant', content: '' }), stop(), DONE),
  filtered: ({ response }) => all(response, text('well, '), stop('content_filter'), DONE),
  page: ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<html>Welcome to the captive portal</html>')
  },
  'page-as-json': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('<html>Please sign in to the network</html>')
  },
  garbage: ({ response }) => all(response, event('{"choices": [')),
  whole: ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const message = { role: 'assistant', content: 'all at once' }
    response.end(
      JSON.stringify({
        choices: [{ message, finish_reason: 'stop' }],
        usage: { total_tokens: 12 },
      }),
    )
  },
  counted: ({ response }) =>
    all(
      response,
      text('counted'),
      stop(),
      event({ choices: [], usage: { total_tokens: 60 } }),
      DONE,
    ),
  imitates: ({ response }) =>
    all(
      response,
      text('[助手] I say this.\n'),
      text('[a'),
      text('da] and ada says that'),
      stop(),
      DONE,
    ),
  scripts: ({ response }) =>
    all(response, text('<script>alert(1)</script><img src=x onerror=alert(1)>'), stop(), DONE),
  'ten-megabytes': ({ response }) => all(response, text('x'.repeat(10_000_000)), stop(), DONE),
  redirect: ({ response }) => {
    response.writeHead(307, { location: 'http://127.0.0.1:9/v1/chat/completions' })
    response.end()
  },
  dies: ({ request }) => request.socket.destroy(),
  unknown: ({ response, body }) => refuse(response, 404, {}, `no model ${body.model}`),
}

const essay = `当然可以。下面的版本**封顶 30 秒**，并加入 *full jitter*：

\`\`\`ts
export function backoff(attempt: number): number {
  const cap = 30_000 // 毫秒
  const base = Math.min(cap, 500 * 2 ** attempt)
  return Math.random() * base
}
\`\`\`

1. 成功收到 \`hello\` 之后把 \`attempt\` 清零
2. 重连时带上 \`since\`，服务器补发缺的消息

| 第几次 | 最多等 |
|-------|------:|
| 1 | 1 秒 |
| 3 | 4 秒 |
| 7 | 30 秒 |

> 为什么要抖动？一千个页面同时断线时，才不会**同时**回来。

细节见 [AWS 的文章](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/)。`

const call = (index, { id, name, args }) =>
  chunk({
    tool_calls: [
      { index, ...(id && { id, type: 'function' }), function: { name, arguments: args } },
    ],
  })

/** What came after the last line of a person. */
const sinceAsked = ({ messages }) => messages.slice(messages.findLastIndex(isAsked) + 1)
const isAsked = ({ role }) => role === 'user'

/** `call add {"a":1}` in the last line of a person, by the names that the tools have here. */
function told({ messages, tools = [] }) {
  const { content = '' } = messages.findLast(isAsked) ?? {}
  return [...content.matchAll(/call (\S+) (\S+)/g)].map(([, wanted, args]) => {
    const offered = tools.find(({ function: { name } }) => name.endsWith(`__${wanted}`))
    return [offered?.function.name ?? wanted, args]
  })
}

const one = (response, byte) =>
  new Promise((resolve) => response.write(Buffer.from([byte]), resolve))
