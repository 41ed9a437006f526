/** `chat-room backup` 和 `chat-room restore` 的话。 */
export const keepingZhCN = {
  help: {
    backup: '把全部数据备份成一个文件；服务器可以照常运行',
    restore: '用备份恢复数据；现有的数据会另存，不会丢',
  },
  file: '文件',
  contents: '{messages} 条消息，{rooms} 个房间，{size} MiB',
  contentsUntil: '{messages} 条消息，{rooms} 个房间，{size} MiB，最后一条在 {last}',
  faults: {
    missing: '还缺备份文件的路径，例如 {program} restore chat-room-20260131-180500.db。',
    nothing: '还没有数据可以备份：{file} 不存在。请检查 --data 和 --config。',
    there: '{file} 已经存在。请换一个文件名，或者先把它移走。',
    noFile: '没有 {file} 这个文件。请检查路径。',
    damaged:
      '{file} 不是聊天室的数据文件，或者已经损坏（{detail}）。什么都没有改动；请换一个文件。',
    newer: '{file} 来自更新版本的聊天室（其中有 {detail}）。什么都没有改动；请先安装那个版本。',
    notWritten: '写不了 {file}（{detail}）。什么都没有改动；请检查磁盘空间和写入权限。',
  },
  done: {
    backup: '已备份到 {file}：{contents}。',
    howToRestore: '恢复时先停下服务器，再运行：{program} restore {file}',
    restored: '已恢复：{contents}。可以启动服务器了。',
    kept: '原来的数据存在 {file}，确认不需要以后可以删除。',
  },
}
