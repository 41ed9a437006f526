/**
 * Small talk, so that whoever tries it has something to smile about.
 * @param {string} question
 * @param {number} count how many questions came before: the same one twice gets another answer
 */
export function answerTo(question, count) {
  const answers = known.find(([pattern]) => pattern.test(question))?.[1] ?? otherwise
  return answers[count % answers.length]
}

const known = [
  [
    /你好|您好|哈喽|嗨|\b(?:hi|hello)\b/i,
    ['你好呀！我在云上住了好几年，刚搬回你电脑里。', '哈喽！先说好，我是假的，但热情是真的。'],
  ],
  [/你叫|你是谁|名字|who are you/i, ['我叫小豪豪~', '我是那位老朋友的替身，台词都是自己背的。']],
  [/天气|weather/i, ['机房恒温二十二度，无风，偶有风扇声。', '抬头看窗外，比问我准。']],
  [/笑话|joke/i, ['程序员去买菜：“来两个西红柿，看到西瓜就买一个。”他只带回一个西红柿。']],
  [/谢谢|thank/i, ['不客气，请我吃一度电就行。', '别谢，再谢我就要脸红了，可我没有脸。']],
  [/再见|拜拜|\bbye\b/i, ['慢走，记得保存代码！', '再见！我就在 127.0.0.1，哪儿也不去。']],
  [/吃|饿|饭/, ['我吃电，你吃饭，咱们互不抢食。', '番茄炒蛋要先炒蛋，这是原则问题。']],
  [/[?？吗呢]\s*$/, ['这个问题很有水平，水平到我答不上来。', '让我想想……想好了：不知道。']],
]

const otherwise = [
  '你说得对，虽然我没听懂。',
  '嗯嗯，然后呢？我搬好小板凳了。',
  '这句话我要记在小本本上，等我有了小本本。',
  '有道理。上一个这么说的人，现在还在改 bug。',
]
