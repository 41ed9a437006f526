import type { NackCode } from '../protocol.js'
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
    no_such_message: '没有这条消息，它可能已经被清除。',
    denied: '你没有权限这样做。',
    muted: '你被禁言了，{seconds} 秒后可以再发言。',
    too_late: '时间太久了，已经不能更改这条消息。',
    too_many: '太多了：最多 {limit} 个。',
    cid_conflict: '这条消息的编号已经用于另一段文字。请重新发送。',
    rate_limited: '说得太快了，请等 {seconds} 秒再发送。',
    slow_mode: '房间开启了慢速模式，请等 {seconds} 秒再发送。',
    storage_full: '服务器的磁盘写不进去了，消息没有保存。请稍后再发，并告诉房主。',
    overloaded: '服务器现在太忙，消息没有保存。请稍等片刻再发。',
    draining: '服务器正在重启，消息没有保存。重新连接后会再发送。',
    unknown: '不确定消息是否已经保存。重新发送不会重复。',
  } satisfies Record<NackCode, string>,
  /** Lines in the timeline, and classic clients' lines. */
  room: {
    lobby: '大厅',
    joined: '{name}进入了聊天室.',
    left: '{name}离开了聊天室.',
    renamed: '{old} 改名为 {name}',
    notSent: '「{text}」没有发出：{reason}',
    loopStopped: '机器人之间一来一回太多，先停在这里。',
  },
  /** The pages; the browser gets this section as it stands. */
  page: pageZhCN,
}

type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> }
export type Texts = Same<typeof zhCN>
