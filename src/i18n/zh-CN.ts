import { actsZhCN, cliZhCN, configZhCN } from './console/zh-CN.js'
import { apiZhCN } from './api/zh-CN.js'
import { botToolsZhCN } from './bot-tools/zh-CN.js'
import { hooksZhCN } from './hooks/zh-CN.js'
import { doctorZhCN } from './doctor/zh-CN.js'
import { keepingZhCN } from './keeping/zh-CN.js'
import { dropInZhCN } from './drop-in/zh-CN.js'
import type { NackCode } from '../protocol.js'
import { facesZhCN } from './faces.js'
import { pageZhCN } from './page/zh-CN.js'

/** Every word a person reads, in Chinese. `en.ts` has the same keys, or it does not compile. */
export const zhCN = {
  /** A refused frame, in the person's language. */
  nack: {
    bad_request: '这条请求的格式不对（{field}）。请刷新页面再试。',
    unknown_type: '服务器不认识这种请求。请刷新页面再试。',
    too_long: '一条消息最多 {limit} 个字。请分成几条发送。',
    empty: '消息是空的。写点什么再发送吧。',
    not_joined: '你还没有进入这个房间。请先进入再发言。',
    no_such_room: '没有这个房间，或者你不能进入。请检查名字。',
    no_such_message: '没有这条消息，它可能已被撤回或清除。',
    closed: '这个问题已经结束，不再收回答。',
    expired: '这个问题的时间已过，不再收回答。',
    wrong_fields: '表单里还有不对的地方，请看标出来的那几项。',
    no_such_choice: '这个问题没有这个选项，请从下面的选项里选。',
    no_such_user: '没有这个人，或者机器人不在这里。请从成员列表里选一个。',
    no_such_invite: '没有这个邀请，它可能已经过期或用完。请刷新邀请列表。',
    waiting: '这个房间要管理员同意才能进入。已经替你申请了，同意后会自动进入。',
    denied: '你没有权限这样做。',
    muted: '你被禁言了，{time}后可以再发言。写好的话会留在输入框里。',
    too_late: '时间太久了，已经不能更改这条消息。',
    too_many: '太多了：最多 {limit} 个。',
    cid_conflict:
      '这条消息的编号已经用于另一段文字。请重新发送；程序请换一个编号，或换一个 Idempotency-Key。',
    rate_limited: '说得太快了，{seconds} 秒后才能再发送。',
    slow_mode: '房间开启了慢速模式，请等{time}再发送。',
    storage_full: '服务器的磁盘写不进去了，这次没有保存。请稍后再试，并告诉房主。',
    overloaded: '服务器现在太忙，消息没有保存。请稍等片刻再发。',
    draining:
      '服务器正在重启，这次没有保存。等着发送的消息，重新连接后会自动发出；别的请再试一次。',
    unknown: '不确定消息是否已经保存。重新发送不会重复。',
  } satisfies Record<NackCode, string>,
  /** Of those, what is otherwise where there are only bare lines. */
  bare: {
    muted: '你被禁言了，{time}后可以再发言。',
    announce: '现在这里只有管理员能发言，你可以看。',
    draining: '服务器正在重启，消息没有保存。等它回来后请再说一次。',
    unknown: '不确定消息是否已经保存。请先看看有没有，再决定要不要重说。',
  },
  /** What a text may not have in it. */
  notInTexts: {
    control:
      '文字里有看不见的控制字符（{code}），不能保存。请把它删掉，或者粘贴成纯文本，再发一次。',
    half: '文字里有半个字符（{code}），多半是被截断的表情。请把它删掉，再发一次。',
  },
  /** 卡片表单里每一项旁边。 */
  form: {
    missing: '请填写这一项。',
    text: '请写一行文字。',
    number: '请填一个数。',
    whole: '请填一个整数。',
    tooLong: '最多 {limit} 个字。',
    tooSmall: '请填 {limit} 或更大的数。',
    tooLarge: '请填 {limit} 或更小的数。',
    choice: '请从这些里选一个。',
    unknown: '表单里没有这一项，请刷新页面。',
  },
  /** Why an own message can no longer be changed, with the time in which it could be. */
  tooLate: {
    edit: '消息发出后{time}内可以编辑，这条已经超过了。请另发一条。',
    recall: '消息发出后{time}内可以撤回，这条已经超过了。有需要的话，请管理员来撤回。',
  },
  /** What there are too many of, and what to do then. */
  tooMany: {
    reactions: '一条消息最多有 {limit} 种表情。请从已有的里面选。',
    pins: '一个房间最多置顶 {limit} 条消息。请先取消一条。',
  },
  /** Which rule says no, where `denied` alone would leave a person guessing. */
  denied: {
    archived: '这个房间已归档，只能看，不能改。想继续用，请让管理员取消归档。',
    announce: '这个房间只有管理员能发言。你可以看，也可以用表情回应。',
    moderators: '只有房主和管理员可以这样做。有事请找他们。',
    host: '只有房主可以这样做。',
    own: '只有自己的消息才能这样改。',
    nobody: '找不到这个人，或者它是机器人。请从成员列表里选。',
    self: '不能对自己这样做。请选别人。',
    noAddress: '对方现在没有连接，不知道地址。请改用设备和昵称来封禁。',
    nearAddress: '这个地址后面可能坐着整个教室或办公室。请改用设备和昵称；确实要封就加上 force。',
    noBan: '没有这条封禁，它可能已经解除或到期。请刷新列表。',
    peers: '不能对房主或其他管理员这样做。如有需要，请找房主。',
    lobby: '大厅对所有人开放，不能隐藏，也不能归档。',
    shortPasscode: '口令至少要 {chars} 个字符，请换一个长一点的。',
    longPasscode: '口令最多 {chars} 个字符，请换一个短一点的。',
    openDoor:
      '进这个房间不用等同意，所以没有可拒绝的。要让对方离开，请用「请出」；不让再来，请用「封禁」。',
    noReport: '没有这条举报，或者它不在这个房间。请刷新列表。',
    noRooms: '这里不能新建房间。想要一个，请找房主。',
    people: '这件事只有人能做，机器人的令牌不行。',
    scope: '这个令牌没有 {scope} 权限。请房主另发一个：{program} bot token 名字 --scopes {scope}',
    uncalled: '管理员让这个机器人在这里只在被叫到时说话。请用 reply_to 回复叫它的那条消息。',
    unheard:
      '管理员让这个机器人在这里只听一部分消息，所以不能翻看以前的。它能听到的会从 WebSocket 送来。',
    loop: '机器人之间已经来回说了几轮，这一条不再发出。请等有人说话再回答。',
    turnedAway: '管理员没有同意你进这个房间。可以问问他们。',
    ofTwo: '两个人的私聊不能退出。不想被打扰，可以把它静音。',
  },
  /** Why somebody is sent away; the reason of a close frame, so at most 123 bytes. */
  away: {
    everywhere: {
      kicked: '管理员请你离开了聊天室。可以重新登录再来。',
      banned: '你不能再进入这个聊天室。有疑问请找房主。',
      bannedFor: '你暂时不能进入这个聊天室，{time}后可以再来。',
    },
    room: {
      kicked: '管理员请你离开了这个房间。可以再进来。',
      banned: '你不能再进入这个房间。有疑问请找房主。',
      bannedFor: '你暂时不能进入这个房间，{time}后可以再来。',
    },
  },
  /** What a bot says about itself. */
  bots: {
    cut: '…（太长，后面省略了）',
    busy: '我还在回答前面的问题，后面已经排了 {waiting} 个。请过一会儿再问我。',
    failed: '出了点问题，这次没能回答。请再说一次；总是这样的话，请告诉房主。',
    late: '这次想得太久，没能回答。请再说一次。',
    off: '{name}在这个房间里关着。管理员可以在「谁在听」里再打开。',
    forModerators: '{name}在这个房间里只回答管理员。可以请管理员帮忙问，或者和{name}单独说。',
    /** 试验场里的人会看到。 */
    failedAt: '{place} 出错：{what}（{kind}）',
    failedSo: '出错：{what}（{kind}）',
    met: '遇到问题：{kind}',
    wrote: '日志 {level}：{message}',
    rests: pageZhCN.notices.rests,
    repeats: pageZhCN.notices.repeats,
  },
  /** Plugins: faults of their sections in config.ini, and what people hear of them. */
  plugins: {
    unknownKey: '[{section}] 没有“{key}”这个设置，是不是想写“{nearest}”？',
    missing: '[{section}] 缺少“{key}”：{help}。请加上一行 {written} = …',
    wrong: '[{section}] {key} {rule}，现在写的是“{value}”。',
    wrongSecret: '[{section}] {key} {rule}。',
    rules: {
      one: '只能写一个值',
      text: '要有合适的字数',
      int: '要是整数',
      bool: '要写 yes 或 no',
      duration: '要是一段时间，例如 500ms、10s、2m',
      list: '要有合适的项数，用逗号分开',
      enum: '要从这些里选一个：{values}',
      url: '要是完整的网址，例如 http://127.0.0.1:8080/',
    },
    bounds: { range: '（{min} 到 {max}）', atLeast: '（至少 {min}）', atMost: '（至多 {max}）' },
    notFound:
      '[{section}] use = {use}：找不到这个插件。内置的有：{builtins}；npm 包 {package} 要装在配置文件旁边；自己写的文件请写成 ./plugins/x.js。',
    noFile: '[{section}] use = {use}：没有 {path} 这个文件。请检查路径，它相对于配置文件。',
    noTypeScript:
      '[{section}] use = {use}：isolate = none 时不能直接载入 TypeScript。请去掉 isolate = none，或写编译后的 .js 文件。',
    notLoaded:
      '[{section}] use = {use}：插件载入不了：{reason}。改好它，或写 required = no 先跳过。',
    notStarted:
      '[{section}] use = {use}：插件启动时出错：{reason}。改好它，或写 required = no 先跳过。',
    noBot: '[{section}] use = {use}：这个插件里没有机器人。请写成 [plugin:{name}]。',
    commandFailed: '这个命令出了点问题，没有做成。请稍后再试，或告诉房主。',
    guest: '游客{number}',
  },
  dropIn: dropInZhCN,
  botTools: botToolsZhCN,
  hooks: hooksZhCN,
  doctor: doctorZhCN,
  keeping: keepingZhCN,
  /** What the server's own commands do, in the menu that `/` opens. */
  commands: {
    nick: '换一个昵称；不写名字就随机换一个',
    mute: '在这个房间禁言某人几分钟：/mute 名字 10；写 0 是解除',
    kick: '请某人离开这个房间，对方可以再进来：/kick 名字',
    ban: '不让某人再进这个房间：/ban 名字',
    slow: '慢速模式，每人隔几秒发一条：/slow 30；写 0 是关闭',
    topic: '写上这个房间的话题；不写就清空',
  },
  /** Commands that moderators type: how each is written, and what its sender is told. */
  typed: {
    mute: {
      usage: '请写成：/mute 名字 分钟数，例如 /mute 小明 10。最多 {most} 分钟，0 是解除。',
      done: '{name} 在这个房间被禁言了，{time}后可以再发言。提前解除：/mute {name} 0',
      lifted: '{name} 可以在这个房间发言了。',
    },
    kick: {
      usage: '请写成：/kick 名字，例如 /kick 小明。',
      done: '{name} 被请出了这个房间，可以再进来。不想让对方再来：/ban {name}',
    },
    ban: {
      usage: '请写成：/ban 名字，例如 /ban 小明。',
      done: '{name} 不能再进这个房间了。要解除，请到「举报、封禁和记录」里的「封禁」。',
    },
    slow: { usage: '请写成：/slow 秒数，例如 /slow 30。最多 {most} 秒，0 是关闭。' },
  },
  /** Why the server cannot listen. */
  listen: {
    busy: '端口 {port} 已被别的程序占用。请停掉它，或者换一个端口：--port {next}',
    forbidden: '没有权限使用端口 {port}。请用 1024 以上的端口，例如 --port 8088',
    noSuchHost: '这台机器没有地址 {host}。请用 --host 0.0.0.0 监听所有地址',
  },
  /** Lines in the timeline, and classic clients' lines. */
  room: {
    lobby: '大厅',
    sandbox: '试验场',
    sandboxTopic:
      '在这里试机器人：不是叫别的机器人的话，每个机器人都听；它的错误和日志，在这里的人都看得到。',
    console: '房主',
    joined: '{name}进入了聊天室.',
    left: '{name}离开了聊天室.',
    topicTooLong: '话题最多 {limit} 个字，请缩短一些。',
  },
  /** Why a nickname is refused; what went wrong first, then the way out. */
  /** What is wrong with a search, and the way out. */
  search: {
    empty: '请输入要找的内容：一个词、几个字、一个表情，或者像 from:小满 这样的条件。',
    tooLong: '搜索的内容最多 {limit} 个字，这里有 {length} 个。请只搜其中一部分。',
    tooMany: '一次搜索最多 {limit} 个词和条件，请去掉几个。',
    unclosed: '引号只有一半。请在短语的末尾补上引号，或者去掉引号。',
    noValue: '「{field}」后面还没有内容。请紧接着冒号写上，或者去掉它。',
    unknownField:
      '搜索里没有「{field}」这个条件，可以用的有 from: in: after: before: has: bot:。如果要找的就是这些字，请用引号括起来。',
    badDate: '「{date}」不是一个日期。请写成 {field}2026-11-01 或 {field}2026-11 这样。',
    badHas:
      '没有 has:{thing} 这个条件，可以用的有 has:link（链接）、has:code（代码）、has:file（文件）、has:reaction（表情回应）。',
    badCursor: '这些结果没法接着往下看了，请重新搜索。',
  },
  names: {
    empty: '请起一个昵称，1 到 20 个字。',
    tooLong: '昵称最多 20 个字，请缩短一些。',
    tooManyBytes: '昵称里的表情或符号太占地方，请少用几个。',
    invisible: '昵称里有看不见的字符，请删掉它们再试。',
    marks: '一个字上最多加两个附加符号，请去掉多余的。',
    noLetters: '昵称里至少要有一个文字、数字或表情。',
    scripts: '昵称可以混用汉字、假名或韩文和拉丁字母，但不能混用其他文字。请只用一种文字。',
    taken: '这个昵称已经有人在用，或者留作他用。请加一两个字，或者换一个。',
  },
  /** Sentences of pages that refuse, and of refused upgrades. */
  web: {
    badRequest: '服务器看不懂这个请求。请返回上一页再试。',
    badAvatar: '头像是 0 到 26 之间的一个编号，请从图中选一个。',
    crossSite: '这个请求来自另一个网站，所以没有执行。请直接在聊天室的页面上操作。',
    notFound: '没有这个页面，或者你不能进入。请检查地址。',
    knockFirst: '这个房间要管理员同意才能进入。请用浏览器打开它，先申请加入。',
    closedInvite: '这个邀请已经过期、用完或被收回。请让邀请你的人再发一个。',
    notAllowed: '这个地址不接受这种请求方法。',
    tooLarge: '发送的内容太大了。请缩短后再试。',
    unsupportedType: '服务器只接受表单或 JSON。',
    unknownHost:
      '这台服务器还不认得主机名 {host}。如果它是你的，请在 config.ini 的 [server] 下加一行：{line}',
    badHost: '请求里的主机名不合格式。请检查地址。',
    upgradeRequired: '这个地址只用于 WebSocket。请打开聊天室的首页。',
    foreignOrigin:
      '这个网页（{origin}）不能连接聊天室。如果要允许它，请在 config.ini 的 [server] 下加一行：origins[] = {origin}',
    badSubprotocol: '服务器只认得子协议 {protocol}；不写子协议则用经典模式。',
    hostOnly: '只有房主能打开这一页。要成为房主，请在服务器上运行 {program} host-link。',
    tokenInAddress:
      '令牌不要写在地址里，那里会留在日志和历史记录中。请放进请求头：Authorization: Bearer 令牌',
    botProtocol: '带令牌连接时，请提供子协议 {protocol}。',
    noSubprotocol: '这个地址只收发一行行的文字，请不要提出子协议。',
    badToken: '这个令牌无效，或者已经作废。',
    tooManySignins: '从这个地址进来的次数太多了，请等 {minutes} 分钟再试。',
    tooManyConnections: '从这个地址建立的连接太多了，请等 {seconds} 秒再试。',
    noNickname: '现在起不出昵称，请自己想一个。',
    banned: '你不能进入这个聊天室。如果觉得弄错了，请联系房主。',
    bannedFor: '你暂时不能进入这个聊天室，{time}后可以再来。如果觉得弄错了，请联系房主。',
    signInFirst: '请先登录，再打开这个链接。',
    hostLinkSpent:
      '这个链接已经用过、过期，或者不完整。请在服务器上运行 {program} host-link 再做一个。',
    tooManyClaims: '从这个地址试了太多次，请等 {minutes} 分钟再试。',
    metricsRefused:
      '指标只给本机看，或者要带 config.ini 里 [server] metrics_token 的令牌（Authorization: Bearer）。',
    unavailable: '聊天室现在用不了，请稍等片刻再试。',
    broken: '服务器出了错，已经记在日志里。请再试一次；如果还不行，请告诉房主。',
  },
  /** The page of the host's one-time link. */
  host: {
    heading: '成为房主',
    lead: '这个链接只能用一次，谁用它，谁就是这个聊天室的房主。',
    powerKeep: '维持秩序：禁言、请出、封禁，处理举报',
    powerShare: '请别人一起管理',
    powerRooms: '管理所有的房间',
    signin: '先起个名字',
    claim: '成为房主',
    claiming: '正在处理…',
    back: '进入聊天室',
    done: '你是房主了',
    doneLead: '房主的身份跟着这个浏览器里的登录走，退出后要用 {program} host-link 再做一个链接。',
    already: '你已经是房主了',
    noLink:
      '这里少了链接的后半段。请打开终端里的整个链接；没有了就运行 {program} host-link 再做一个。',
  },
  /** Pages before a closed door. The browser's scripts need none of it. */
  plain: {
    lead: '不用登录的简易页面，只有一行行的文字。这个页面上的人都看得到你的来源地址。',
    whole: '去完整的聊天室',
    lines: '聊天内容',
    line: '说点什么…',
    send: '发送',
    muted: '你被禁言了，{time}起可以再发言。',
    closed: '连接已断开，请刷新页面。',
    refused: '服务器没有让这个页面进来，请稍等一会儿再刷新。',
    noScript: '这个页面需要 JavaScript。也可以用 websocat 之类的程序，连接这个地址后面加上 /chat。',
  },
  doors: {
    heading: '请输入口令',
    lead: '没有口令？也许地址打错了，或者要用邀请链接才能进。',
    passcode: '口令',
    enter: '进入房间',
    back: '回到大厅',
    noPasscode: '请先输入口令。',
    wrongPasscode: '口令不对，或者没有这个房间。请检查口令和地址，或者再问问邀请你的人。',
    tooManyPasscodes: '试的次数太多了，请等 {minutes} 分钟再试，或者请管理员发一个邀请链接。',
    knockHeading: '申请加入「{room}」',
    knockLead: '管理员同意后你就能进去。他们会看到你的昵称和头像：{name}。',
    knock: '申请加入',
    waitsHeading: '已经申请了',
    waitsLead: '「{room}」的管理员看到后会决定让不让你进来。同意以后，这一页会自动打开房间。',
    refusedHeading: '没有通过',
    refused: '这次没有同意你加入。可以问问管理员，或者先去大厅。',
    look: '看看通过了没有',
    tooManyPages: '你打开的页面太多了，这一页不能自动打开房间。请关掉其他页面，再看看通过了没有。',
    newHeading: '打不开房间「{room}」',
    newLead:
      '也许地址打错了，也许它不对你开放。如果还没有人建过，你可以现在创建，之后大家都能找到并进来。',
    newMake: '创建房间',
    newPasscode: '有人告诉过你口令？',
    keptOutHeading: '你现在进不了大厅',
    keptOut: '管理员不让你进大厅，要由管理员解除。其他房间你还可以去。',
    keptOutFor: '管理员暂时不让你进大厅，{time}后可以再来。其他房间你还可以去。',
    keptOutRooms: '其他房间',
    inviteHeading: '这个邀请打不开了',
    inviteLead:
      '它可能已经过期、用完或者被收回，也可能链接没有复制完整。请让邀请你的人再发一个新的链接。',
  },
  /** The pages; the browser gets this section as it stands. */
  page: pageZhCN,
  /** The faces to choose from, by number. */
  faces: facesZhCN,
  /** The console: faults of the configuration, and the command line. */
  config: configZhCN,
  cli: cliZhCN,
  acts: actsZhCN,
  api: apiZhCN,
  /** Why a command cannot do what it was asked for. */
  control: {
    unknownAct: '正在运行的服务器不认识“{act}”。请让两边的版本一致。',
    noPerson: '找不到“{who}”。用 {program} user list 看有哪些人；也可以写 #编号。',
    noBotThere: '房间 {room} 里没有“{name}”这个机器人。用 {program} bot list 看有哪些。',
    botsNeedServer: '服务器没有运行，机器人只有它运行的时候才在。请先启动服务器。',
    noBot: '没有“{name}”这个机器人。用 {program} bot list 看有哪些。',
    noRoom: '没有“{room}”这个房间。用 {program} room list 看有哪些房间。',
    noBan: '没有编号为 {id} 的封禁，它可能已经解除或到期。用 {program} ban list 看现有的。',
    badRoom: '房间名是 1 到 40 个文字、数字、- 或 _，所以不能是“{room}”。',
    roomExists: '已经有“{room}”这个房间。要改设置，用 {program} room set。',
    noInvite: '房间 {room} 没有编号为 {id} 的邀请。用 {program} invite list 看有哪些。',
    noReport: '没有编号为 {id} 的举报。用 {program} report list 看有哪些。',
    banWhom: '要封谁？请写昵称、--name 昵称或 --address 地址。',
    nearAddress: '{address} 后面可能坐着整个教室或办公室。确实要封就加上 --force。',
  },
  /** Why the server's data cannot be used; said on the console at start. */
  store: {
    url: '[store] url 应为空，或以 "sqlite:" 加文件路径的形式写，而不是 "{seen}"。',
    locked:
      '数据目录 {folder} 正被另一个服务器使用（进程号 {pid}）。请先停止它，或用 --data 给这一个另选目录。',
    unlockable:
      '数据目录 {folder} 无法建立或加锁（{reason}）。请检查权限，或用 --data 换成本机磁盘上可写的目录。',
    unopened: '数据文件 {file} 打不开（{reason}）。请检查它和所在目录能否由当前用户读写。',
    damaged:
      '{file} 不是聊天室的数据文件，或者已经损坏。请用备份恢复它；若要重新开始，先把它移走。',
    newer:
      '{file} 由更新版本的聊天室写过（其中有「{migration}」）。请安装那个版本，或恢复升级之前的备份。',
    full: '数据文件 {file} 写不进去：磁盘已满。请腾出空间，再启动。',
    unsafe:
      '{file} 所在的磁盘不能可靠地保存消息（{reason}）。请用 --data 换成本机磁盘上的目录，不要放在网络共享里。',
  },
}

type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> }
export type Texts = Same<typeof zhCN>
