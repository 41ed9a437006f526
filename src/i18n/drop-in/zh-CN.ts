/** Bots as files: what becomes of them, said to the host on the console. In Chinese. */
export const dropInZhCN = {
  came: '{file}：机器人{name}来了。',
  cameWith: '{file}：机器人{name}来了，会用 {commands}。',
  taken: '{file}：{commands} 由服务器自己回答，叫不到机器人{name}。请给命令换个名字。',
  changed: '{file}：机器人{name}换成了刚保存的样子。',
  went: '{file} 不在了：机器人{name}离开了。',
  /** `reason` begins with the place, `bots/dice.js:3: `. */
  notLoaded: '{reason}。这个机器人没有来；改好后再保存一次。',
  notReloaded: '{reason}。机器人{name}还是原来的样子；改好后再保存一次。',
  namedInConfig:
    '{file} 不在了，但配置文件里有 [{section}] 要用它：这个机器人先照旧，重新启动时就找不到了。',
  second: '{file}：已经有一个机器人叫{name}了（{other}）。请给这个文件换个名字，或删掉其中一个。',
  needsSection:
    '{file}：{faults} 机器人的设置写在配置文件里：加一段 [bot:{name}]，里面写 use = ./{file}',
  /** Why a worker ended, in brackets. */
  ends: {
    exit: '自己退出了，退出码 {code}',
    silent: '{ms} 毫秒没有应答',
    outside: '堆外的内存超过 {mb} MB',
    heap: '内存用完了',
    uncaught: '没有人接住的错误：{what}',
    closes: '服务器要关闭了',
  },
  /** A worker ended. */
  trouble: {
    ended:
      '{files}：{names}弄停了自己的工作线程（{reason}）。已经重新启动；请改好它，或删掉这个文件。',
    endedAmong:
      '插件的工作线程停了（{reason}），当时在忙的有：{names}。从现在起它们各有一个线程，是谁弄的下次就知道了，也不再牵连别的。',
  },
  /** Why a bot may not be called like its file. */
  names: {
    rule: '{file}：机器人的名字就是文件名。{rule}',
    reserved: '{file}：“{name}”这个名字有特别的意思，不能给机器人用。请给文件换个名字',
    bot: '{file}：“{name}”看起来像另一个机器人的名字。请给文件换个名字',
    person: '{file}：“{name}”看起来像这里一个人的名字，机器人不能冒充人。请给文件换个名字',
  },
  /** Behind the place, `bots/dice.js:3: `. */
  reasons: {
    noDefault:
      '没有默认导出。请写 export default (ctx, next) => { … }，或导出 { name, api: 1, setup(host, config) { … } }',
    wrongApi: '它是按接口版本 {api} 写的，这个服务器的版本是 1。请写 api: 1',
    badConfig: 'config 要写成 { 键: { type, help } } 这样的对象',
    badField: 'config 里的“{key}”写得不对：type 要从这些里选一个：{types}；enum 还要有 values: […]',
    badCommand: '“/{name}”不能当命令。命令是 1 到 32 个字母、汉字、数字、_ 或 -',
    badTriggers: 'triggers 要写成一个对象，里面可以有：{keys}',
    unknownTrigger: 'triggers 里没有“{key}”这一种，可以写的有：{keys}',
    notTriggers: '它导出的是“{key}”；什么叫醒机器人，要写成 triggers',
    badFlag: 'triggers 里的“{key}”要写 true 或 false',
    badChance: 'triggers 里的“{key}”是 0 到 1 之间的数，0.05 表示二十句里有一句',
    badTimer: 'triggers 里的“{key}”是一段时间，例如 10s、5m、1h，至少 10 秒，至多 24 天',
    badKeyword: 'triggers 里的“{key}”是一个词，或一列词，不能是空的',
    badRegex: 'triggers 里的“{key}”是一个正则表达式（如 /骰子/），或一列正则表达式',
    slowRegex:
      'triggers 里的“{key}” {regex} 可能永远算不完：重复里面又有重复。请改得简单些，或写 all: true，在代码里自己看',
    unsupported: '{what}。这里只去掉类型，剩下的要是普通的 JavaScript',
    noPackage: '没有安装 {name} 这个包。请在配置文件所在的目录运行：npm i {name}',
    noEnd:
      '{seconds} 秒还没有装好。最外层的代码或 setup 在等什么；要等的事请别 await，让它自己去做',
    endsWorker: '装它的时候，它弄停了自己的工作线程（{reason}）',
    syntax: '语法错误：{what}',
    noImport: '它要导入 {path}，但是没有这个文件。请检查路径',
  },
}
