/** Who talks in the made-up world. */
export const people = [
  '林小满',
  '阿哲',
  'Dora',
  '南枝',
  '欧阳明远',
  'Tom',
  '云朵',
  'Grace',
  '老周',
  '阿明Tom',
]

/** Where they talk; the first is the lobby. */
export const rooms = [
  { name: 'lobby', title: '' },
  { name: '读书会', title: '读书会' },
  { name: 'dev', title: '前端互助 · Dev' },
]

const long =
  '我把昨天的讨论整理了一下：第一，周三之前每个人把自己那一章读完，读不完的提前说一声；第二，聊的时候先说感受再说' +
  '道理，不然容易变成上课；第三，小小鸟负责记录，散会之后它把要点发到群里。另外，新来的朋友不用紧张，听着也行，' +
  '想说的时候随时打断。地点还是老地方，七点半到，八点准时开始，茶和点心我来带，谁对坚果过敏请告诉我。'

/** What they say: `by` and `room` are places in the lists above. */
export const lines = [
  { by: 0, text: '早上好！今天的太阳真好 ☀️' },
  { by: 1, text: '早～ 昨晚睡太晚了' },
  { by: 2, text: 'Morning everyone. Coffee first, words later.' },
  { by: 3, text: '哈哈哈哈' },
  { by: 4, text: '有人看到我的雨伞吗？蓝色的，上次忘在会议室了' },
  { by: 5, text: 'Blue one, wooden handle? It is at the front desk.' },
  { by: 4, text: '就是它！谢谢 Tom 🙏' },
  { by: 6, text: long },
  { by: 7, text: 'That is a lovely summary. Count me in for Wednesday.' },
  { by: 8, text: '收到' },
  { by: 9, text: '我带水果。\n1. 橘子\n2. 葡萄\n3. 看心情' },
  { by: 0, text: '那本《海边的卡夫卡》你们读到哪儿了？', room: 1 },
  { by: 1, text: '第三章。开头有点慢，不过猫一出场就停不下来 🐈', room: 1 },
  { by: 2, text: 'Same here. The cat chapters are the best part so far.', room: 1 },
  { by: 3, text: '我喜欢图书馆那几章，安静得能听见翻书声', room: 1 },
  { by: 4, text: '晚上八点在线聊？', room: 1 },
  { by: 7, text: 'Works for me!', room: 1 },
  { by: 5, text: 'Does anybody know why my grid overflows on the phone?', room: 2 },
  { by: 6, text: '给轨道写 minmax(0, 1fr)，长代码块就不会把它撑开了', room: 2 },
  { by: 5, text: 'That did it. You are a wizard.', room: 2 },
  { by: 9, text: '文档在这里：https://example.org/docs/grid#minmax', room: 2 },
  { by: 8, text: 'for (const bird of birds) bird.sing()', room: 2 },
  { by: 3, text: '小小鸟，几点了？' },
  { by: 1, text: '该吃饭了，不用问它 😂' },
  { by: 2, text: 'مرحبا من القاهرة 👋' },
  { by: 7, text: '👩‍🚀🚀🌙' },
]
