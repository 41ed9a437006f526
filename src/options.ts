import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { defineOptions, rowsOf, type Complaint, type Row } from './option.js'
import { roomName } from './room-name.js'

export { defineOptions, type Complaint, type Option, type Row } from './option.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const COUNT = { type: 'int', min: 0, max: 1_000_000_000 } as const

/** THE table: flags, environment variables, keys of config.ini, --help and their checks come from it. */
export const options = defineOptions({
  server: {
    port: {
      type: 'int',
      default: 8088,
      min: 0,
      max: 65_535,
      help: {
        'zh-CN': '监听的端口；0 表示任意空闲端口',
        en: 'Port to listen on; 0 takes any free one',
      },
    },
    host: {
      type: 'string',
      default: '0.0.0.0',
      check: (value) => (/^[^\s/]+$/.test(value) ? undefined : 'badHost'),
      help: {
        'zh-CN': '监听的地址；127.0.0.1 表示只有本机能访问',
        en: 'Address to listen on; 127.0.0.1 keeps the room to this machine',
      },
    },
    title: {
      type: 'string',
      default: '',
      help: {
        'zh-CN': '页面上显示的名字；留空则用默认名',
        en: 'Name on the pages; empty for ours',
      },
    },
    data: {
      type: 'path',
      default: 'data',
      help: {
        'zh-CN': '数据目录；默认在配置文件旁边，没有配置文件则在当前目录',
        en: 'Folder of the data; beside the config file, or else in the working folder',
      },
    },
    language: {
      type: 'enum',
      default: 'auto',
      values: ['auto', 'zh-CN', 'en'],
      help: {
        'zh-CN': '页面的语言；auto 表示跟随浏览器',
        en: 'Language of the pages; auto follows the browser',
      },
    },
    origins: {
      type: 'list',
      default: [],
      check: checkOrigin,
      help: {
        'zh-CN': '还可以从哪些网址打开，例如 https://chat.example.com',
        en: 'Further addresses the room is opened at, such as https://chat.example.com',
      },
    },
    trust_proxy: {
      type: 'list',
      default: [],
      check: checkNetwork,
      help: {
        'zh-CN': '信任哪些反向代理的 X-Forwarded-*（地址或 CIDR）',
        en: 'Reverse proxies whose X-Forwarded-* is believed (addresses or CIDR)',
      },
    },
    base_path: {
      type: 'string',
      default: '',
      check: (value) => (/^(?:(?:\/[\w.~-]+)+)?$/.test(value) ? undefined : 'badBasePath'),
      help: {
        'zh-CN': '网址里的路径前缀，例如 /chat-room',
        en: 'Path in front of every address, such as /chat-room',
      },
    },
    tls_cert: {
      type: 'path',
      default: '',
      help: {
        'zh-CN': '证书文件（PEM），与 tls_key 一起启用 https',
        en: 'Certificate file (PEM); together with tls_key it turns on https',
      },
    },
    tls_key: {
      type: 'path',
      default: '',
      help: { 'zh-CN': '证书的私钥文件（PEM）', en: 'Private key file of the certificate (PEM)' },
    },
    metrics_token: {
      type: 'string',
      default: '',
      secret: true,
      help: {
        'zh-CN': '从别的机器读取 /metrics 的令牌；留空则只有本机能读',
        en: 'Token to read /metrics from elsewhere; empty: this machine only',
      },
    },
    plain: {
      type: 'bool',
      default: false,
      help: {
        'zh-CN': '打开不用登录的简易页面 /plain',
        en: 'Serve /plain, a bare page that needs no sign-in',
      },
    },
  },
  session: {
    secret: {
      type: 'list',
      default: [],
      secret: true,
      check: (value) => (value.length < 32 ? 'shortSecret' : undefined),
      help: {
        'zh-CN': '签名密钥，至少 32 个字符；第一个用于签名，全部用于验证；留空则首次启动时生成',
        en: 'Signing keys of 32 characters or more; the first signs, all verify; empty: made at first start',
      },
    },
    ttl: {
      type: 'duration',
      default: 30 * DAY,
      min: MINUTE,
      help: {
        'zh-CN': '多久不来就要重新登录',
        en: 'How long somebody may stay away before signing in anew',
      },
    },
  },
  store: {
    url: {
      type: 'path',
      behind: 'sqlite:',
      default: '',
      check: (value) => (/^(?:sqlite:.+)?$/.test(value) ? undefined : 'badStore'),
      help: {
        'zh-CN': '数据库；留空则为数据目录里的 SQLite，也可写 sqlite:路径',
        en: 'Database; empty for SQLite in the data folder, or sqlite:PATH',
      },
    },
  },
  bus: {
    url: {
      type: 'string',
      default: '',
      check: (value) => (value === '' ? undefined : 'badBus'),
      help: {
        'zh-CN': '多个节点之间的总线；现在只有单个节点，请留空',
        en: 'Bus between several nodes; there is a single one for now, so leave it empty',
      },
    },
  },
  rooms: {
    names: {
      type: 'list',
      default: [],
      check: checkRoom,
      help: {
        'zh-CN': '启动时就有的房间，除了大厅 lobby',
        en: 'Rooms that are there from the start, beside the lobby',
      },
    },
    create: {
      type: 'enum',
      default: 'anyone',
      values: ['anyone', 'host', 'nobody'],
      help: { 'zh-CN': '谁可以开新房间', en: 'Who may open new rooms' },
    },
    sandbox: {
      type: 'enum',
      default: 'auto',
      values: ['auto', 'yes', 'no'],
      help: {
        'zh-CN': '试机器人的房间「试验场」：auto 只在 bots/ 里有机器人时才有',
        en: 'The room sandbox, to try bots in: auto is there while there are bots in bots/',
      },
    },
    slow: {
      type: 'duration',
      default: 0,
      min: 0,
      max: 6 * 60 * MINUTE,
      help: {
        'zh-CN': '新房间的慢速模式：每人隔多久发一条，最长 6h；0 表示不用',
        en: 'Slow mode of new rooms: how long a person waits between two lines, at most 6h; 0 is none',
      },
    },
    approval: {
      type: 'bool',
      default: false,
      help: {
        'zh-CN': '新房间是否要管理员同意才能进入',
        en: 'Whether newcomers of new rooms wait for a moderator',
      },
    },
    unlisted: {
      type: 'bool',
      default: false,
      help: {
        'zh-CN': '新房间是否不列在大厅里，知道名字才能进入',
        en: 'Whether new rooms are left out of the list, for those who know their name',
      },
    },
    math: {
      type: 'bool',
      default: false,
      help: {
        'zh-CN': '新房间是否显示数学公式（KaTeX）',
        en: 'Whether new rooms show formulas (KaTeX)',
      },
    },
  },
  limits: {
    signins_per_window: {
      ...COUNT,
      default: 60,
      help: {
        'zh-CN': '每个地址 10 分钟内登录几次；0 表示不限（下同），内网地址为 10 倍',
        en: 'Sign-ins of an address in 10 minutes; 0 is no limit (here and below), LAN addresses get ten times as many',
      },
    },
    new_connections_per_window: {
      ...COUNT,
      default: 600,
      help: {
        'zh-CN': '每个地址 10 分钟内新建几个连接；内网地址为 10 倍',
        en: 'New connections of an address in 10 minutes; LAN addresses get ten times as many',
      },
    },
    connections_per_ip: {
      ...COUNT,
      default: 500,
      help: { 'zh-CN': '每个地址同时有几个连接', en: 'Connections of an address at a time' },
    },
    connections_per_session: {
      ...COUNT,
      default: 10,
      help: {
        'zh-CN': '每个人同时有几个连接（标签页）',
        en: 'Connections (tabs) of a person at a time',
      },
    },
    messages_per_minute: {
      ...COUNT,
      default: 100,
      help: { 'zh-CN': '每个人每分钟发几条消息', en: 'Messages of a person in a minute' },
    },
    burst: {
      ...COUNT,
      default: 10,
      help: { 'zh-CN': '每个人可以连着发几条', en: 'Messages a person may send in one go' },
    },
    joins_per_minute: {
      ...COUNT,
      default: 300,
      help: { 'zh-CN': '每个人每分钟进入几次房间', en: 'Rooms a person may enter in a minute' },
    },
    searches_per_minute: {
      ...COUNT,
      default: 60,
      help: { 'zh-CN': '每个人每分钟搜索几次', en: 'Searches of a person in a minute' },
    },
    edit_ms: {
      type: 'duration',
      default: 10 * MINUTE,
      min: 0,
      help: {
        'zh-CN': '自己的消息多久之内可以编辑；0 表示一直可以',
        en: 'How long a message can be edited by its author; 0: for ever',
      },
    },
    recall_ms: {
      type: 'duration',
      default: 2 * MINUTE,
      min: 0,
      help: {
        'zh-CN': '自己的消息多久之内可以撤回；0 表示一直可以；管理员不受限制',
        en: 'How long a message can be taken back by its author; 0: for ever; moderators always can',
      },
    },
    message_chars: {
      ...COUNT,
      default: 4000,
      help: { 'zh-CN': '一条消息最多几个字', en: 'Characters of a message' },
    },
    upload_bytes: {
      ...COUNT,
      default: 10_485_760,
      help: {
        'zh-CN': '一个文件最多几个字节；现在还不能发文件',
        en: 'Bytes of a file; files cannot be sent yet',
      },
    },
  },
})

function checkOrigin(value: string): Complaint | undefined {
  if (value === '*') return undefined
  const origin = /^https?:/.test(value) && URL.canParse(value) ? new URL(value) : undefined
  return origin && origin.href === `${origin.origin}/` ? undefined : 'badOrigin'
}

function checkNetwork(value: string): Complaint | undefined {
  return isIP(value) || ipaddr.isValidCIDR(value) ? undefined : 'badNetwork'
}

/** Whether a room may have this name. */
export function checkRoom(value: string): Complaint | undefined {
  return roomName(value) === undefined ? 'badRoom' : undefined
}

type Table = typeof options
type ValueOf<O> = O extends { values: readonly (infer V)[] }
  ? V
  : O extends { type: 'int' | 'duration' }
    ? number
    : O extends { type: 'bool' }
      ? boolean
      : O extends { type: 'list' }
        ? string[]
        : string

/** What the table's sections look like once they are read. */
export type Values = {
  readonly [S in keyof Table]: { readonly [K in keyof Table[S]]: ValueOf<Table[S][K]> }
}

/** The rows of the table in their order. */
export const rows: readonly Row[] = rowsOf(options)
