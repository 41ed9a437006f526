/** 供程序使用的接口和它的令牌。 */
export const apiZhCN = {
  unauthorized:
    '这里需要机器人的令牌，放在请求头里：Authorization: Bearer 令牌。现在这个没有写、写错了、过期了或已被收回；请房主另发一个：chat-room bot token 名字',
  tooManyTries: '这个地址试错令牌的次数太多了，请 {seconds} 秒后再试。',
  field: '{field} 没有写，或者写得不对。每个地址要什么，见 /api/v1/openapi.json',
  notJson: '正文不是 JSON。请用 UTF-8 发送一个对象，例如 {"data": "你好"}',
  unsupported:
    '正文必须是 JSON。请带上请求头 Content-Type: application/json（curl --json 会自动带上）。',
  tooLarge: '正文最多 {bytes} 字节，请分几次发送。',
  badKey: 'Idempotency-Key 是 8 到 64 个字符，只能用 A–Z a–z 0–9 . _ ~ : -。请换一个，例如 UUID。',
  noKey: '这个地址不收 Idempotency-Key：请求两次就会做两次。',
  notFound: '这个地址没有东西。有哪些地址，见 /api/v1/openapi.json',
  notAllowed: '这个地址只收 {methods}。',
  failed: '出了点问题，服务器的日志里有记录。请再试一次。',
  names: {
    reserved: '“{name}”容易和系统混淆，请换一个名字。',
    bot: '已经有机器人叫“{name}”，或者用它作别名。请换一个名字。',
    person: '有人正在用“{name}”这个名字。请换一个。',
  },
  refused: {
    room: '没有“{room}”这个房间。用 chat-room room list 看有哪些房间。',
    many: '最多只能有 {limit} 个令牌，已经满了。请先收回几个。',
    none: '没有编号为 {id} 的令牌。用 chat-room bot tokens 看有哪些。',
  },
  scopes: {
    read: '听、查看、搜索',
    write: '发言、编辑、加表情',
    moderate: '管理：禁言、置顶、撤回别人的消息',
    rooms: '建房间，管理自己建的房间',
  },
}
