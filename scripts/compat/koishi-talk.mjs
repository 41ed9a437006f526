/**
 * What is said to Koishi over whichever protocol, and what its plugins answer.
 * @param {{ ada: import('./talker.mjs').Talker, bot: number, edits: boolean }} options
 * `bot`: its member's id; `edits`: the protocol can edit.
 */
export async function* talk({ ada, bot, edits }) {
  const answers = (line, pattern, more) => {
    ada.says(line, more)
    return ada.hears(pattern)
  }
  yield ['help (plugin)', () => answers('help', /echo[\s\S]*help/)]
  yield ['echo (plugin)', () => answers('echo 你好 world', /^你好 world$/)]
  yield ['echo, by its nickname', () => answers('birdie echo by name', /^by name$/)]
  yield ['echo, called with @', () => answers('@koishi echo called', /^called$/)]
  yield [
    'signs that are markup elsewhere',
    () => answers('echo <b>x & y</b> [CQ:face,id=1]', /x & y/),
  ]
  yield ['chess (plugin)', () => answers('chess 15 -g', /发起|五子棋|游戏|已/)]
  yield ['dialogue (plugin): teach it', () => answers('# ping pong', /问答已添加|编号为 1/)]
  yield ['dialogue (plugin): it answers', () => answers('ping', /^pong$/)]
  yield [
    'a picture, formatting, a link, a call',
    () =>
      answers(
        'rich',
        /https:\/\/example\.com\/a\.png[\s\S]*bold[\s\S]*x\.cn[\s\S]*@ada[\s\S]*line2/,
      ),
  ]
  yield [
    'a quote stands under the line',
    async () => (await answers('quote', /^quoted reply$/)).reply_to > 0,
  ]
  yield ['a sound and an uploaded picture', () => answers('media', /a\.mp3/)]
  yield ['forwarded messages', () => answers('forward', /one/)]
  yield ['who is here', () => answers('members', /^members: .*ada/)]
  yield ['asks for a message', () => answers('past', /^past: past$/)]
  yield [
    'asks, and waits for the answer',
    async () => {
      await answers('ask', /^what is your name\?$/)
      await answers('Ada', /^hello Ada$/)
    },
  ]
  yield [
    'takes back what it said',
    async () => {
      await answers('back', /^a slip$/)
      await ada.meets((frame) => frame.type === 'recall' && frame.user.id === bot, 'a recall')
    },
  ]
  if (edits)
    yield [
      'an answer that grows by edits',
      async () => {
        await answers('stream', /^thinking…$/)
        await ada.meets(
          (frame) => frame.type === 'edit' && frame.data === 'one two three',
          'an edit',
        )
      },
    ]
  yield [
    'hears what is taken back',
    async () => {
      const { seq } = await ada.asks({ type: 'chat', data: 'oops' })
      await ada.asks({ type: 'recall', message: seq })
      await ada.hears(/^gone \d+$/)
    },
  ]
  yield [
    'speaks in a room of two',
    async () => {
      const { room } = await ada.asks({ type: 'direct', user: bot })
      await ada.joins(room)
      await answers('echo between us', /^between us$/, { room })
      await answers('in private', /^psst$/)
    },
  ]
}
