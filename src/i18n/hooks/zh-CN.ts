/** What an incoming webhook makes of events that come without words of their own. In Chinese. */
export const hooksZhCN = {
  badToken:
    'token 要有 16 到 128 个字符，只用字母、数字、- 和 _。可以用 openssl rand -hex 16 生成一个',
  sameToken: '另一段已经用了这个 token。请给每个机器人一个自己的：openssl rand -hex 16',
  badUrl: 'url 要写 http:// 或 https:// 开头的地址，里面不能有用户名和密码',
  noAnswer: '我背后的程序没有回答，我也就没话可说。请过一会儿再试，或告诉房主。',
  badSocketUrl: 'url 要写 ws:// 或 wss:// 开头的地址',
  /** 直接放在消息里（base64）的东西：现在还没有地方存。 */
  unkept: {
    image: '[图片，没有保存]',
    record: '[语音，没有保存]',
    video: '[视频，没有保存]',
    file: '[文件，没有保存]',
  },
  segments: { image: '[图片]', record: '[语音]', video: '[视频]', file: '[文件]' },
  alerts: { firing: '告警', resolved: '已恢复' },
  github: {
    ping: '{who}把 {repo} 接到了这个房间。',
    pushed: '{who}向 {repo} 的 {branch} 推送了 {n} 个提交',
    pushedOne: '{who}向 {repo} 的 {branch} 推送了 1 个提交',
    moved: '{who}更新了 {repo} 的 {branch}',
    more: '……还有 {n} 个',
    about: '{who}{action}了 {repo} 的{noun} {what}',
    commented: '{who}评论了 {repo} 的 {what}',
    run: '{repo} 的 {what} 在 {branch} 上：{how}',
    other: '{who}在 {repo}：{kind}',
    nouns: { pull: '拉取请求', issue: '议题', release: '发布' },
    actions: {
      opened: '提出',
      closed: '关闭',
      reopened: '重新打开',
      merged: '合并',
      edited: '修改',
      published: '发布',
      created: '创建',
      deleted: '删除',
      assigned: '指派',
      labeled: '标记',
    },
  },
}
