import type { Texts } from '../zh-CN.js'

/** What `chat-room backup` and `chat-room restore` say, in English. */
export const keepingEn: Texts['keeping'] = {
  help: {
    backup: 'Copy everything into one file, while the server goes on',
    restore: 'Go back to a backup; what is there now is kept beside it',
  },
  file: 'FILE',
  contents: '{messages} messages in {rooms} rooms, {size} MiB',
  contentsUntil: '{messages} messages in {rooms} rooms, {size} MiB, the last of {last}',
  faults: {
    missing:
      'The path of a backup is missing, such as {program} restore chat-room-20260131-180500.db.',
    nothing: 'There is nothing to back up yet: no file {file}. Please check --data and --config.',
    there: '{file} is there already. Please choose another name, or move it away first.',
    noFile: 'There is no file {file}. Please check the path.',
    damaged:
      '{file} is not a data file of the chat room, or it is damaged ({detail}). Nothing was changed; please choose another file.',
    newer:
      '{file} comes from a newer version of the chat room (it has {detail}). Nothing was changed; please install that version first.',
    notWritten:
      '{file} cannot be written ({detail}). Nothing was changed; please check the free space, and who may write there.',
  },
  done: {
    backup: 'Everything is in {file}: {contents}.',
    howToRestore: 'To go back to it, stop the server and run: {program} restore {file}',
    restored: 'Restored: {contents}. The server may start.',
    kept: 'What was there before is kept as {file}. Delete it once nobody needs it.',
  },
}
