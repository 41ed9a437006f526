/** `chat-room bot …`, for who writes bots. In Chinese. */
export const botToolsZhCN = {
  help: {
    new: '在 bots/ 里开一个新机器人；--from 从自带的机器人（{shipped}）抄一个来改',
    list: '列出机器人：怎么听、会什么命令、回答了几次',
    logs: '看一个机器人最近的日志',
    test: '排练：让模拟的人和机器人说话，出错时退出码不为 0',
  },
  words: { name: '名字', file: '文件', talk: '[对话.txt]' },
  faults: {
    missing: '缺少{word}。',
    badName: '“{name}”不能做机器人的名字：它是文件名，不能有 / 和 \\，也不能以 . 或 _ 开头。',
    taken: '{file} 已经在了。请换一个名字，或先删掉它。',
    unknownShipped: '没有自带的机器人“{name}”，最接近的是 {nearest}。有：{shipped}。',
    noFile: '没有 {file} 这个文件。',
    noServer: '服务器没有在运行，没有日志可看。',
  },
  made: '写好了 {file}。{next}',
  running: '服务器正在运行，它一会儿就来。',
  tryIt: '试一试：chat-room bot test {file}',
  needs: '它要有设置才能来：在配置文件里加一段 [bot:{name}]，里面写 use = ./{file}',
  noBots: '没有机器人。用 chat-room bot new 名字 来写一个。',
  noLogs: '{name}还没有什么日志。',
  notRunning: '服务器没有在运行；这些是会来的机器人：',
  states: { ready: '在', busy: '忙', resting: '休息', off: '不在' },
  counts: '回答 {answered} 次，出错 {failed} 次',
  /** A new bot's file. */
  template: {
    wakes: '什么会叫醒它：有人叫它，或者它的命令。还可以有 keyword、regex、all、join、timer…',
    answers: '它怎么回答。',
    hello: '你好，${ctx.user.name}！',
    help: '打个招呼',
  },
  /** A rehearsal, as it goes. */
  test: {
    comes: '（{name}进来了）',
    leaves: '（{name}离开了）',
    alone: '悄悄对{name}说',
    edited: '改成了',
    rejected: '没有发出：{text}',
    loop: '循环：{text}',
    error: '出错：{text}',
    log: '日志：{text}',
    missed: '第 {line} 行：{name}没有说 {text}',
    wrong: '第 {line} 行看不懂：{text}',
    fine: '{answers} 句回答，最慢 {slowest} 毫秒，没有出错。',
    faulty: '{answers} 句回答，最慢 {slowest} 毫秒，{faults} 处不对。',
  },
}
