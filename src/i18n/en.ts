import { pageEn } from './page/en.js'
import type { Texts } from './zh-CN.js'

/** Every word a person reads, in English. */
export const en: Texts = {
  nack: {
    bad_request: 'This request is malformed ({field}). Please reload the page and try again.',
    unknown_type: 'The server does not know this kind of request. Please reload the page.',
    too_long: 'A message may have at most {limit} characters. Please send it in parts.',
    empty: 'The message is empty. Write something, then send it.',
    not_joined: 'You are not in this room yet. Enter it first, then speak.',
    no_such_room: 'There is no such room, or you may not enter it. Please check its name.',
    no_such_message: 'There is no such message; it may have been cleared.',
    denied: 'You may not do this here.',
    muted: 'You are muted and can speak again in {seconds} seconds.',
    too_late: 'Too much time has passed; this message can no longer be changed.',
    too_many: 'Too many: at most {limit}.',
    cid_conflict:
      'The id of this message already belongs to another text. Please send it once more.',
    rate_limited: 'That was too fast. Please wait {seconds} seconds, then send it again.',
    slow_mode: 'Slow mode is on. Please wait {seconds} seconds, then send it again.',
    storage_full:
      'The server cannot write to its disk, so the message was not kept. Try later, and tell the host.',
    overloaded:
      'The server is too busy and did not keep the message. Please try again in a moment.',
    draining:
      'The server is restarting and did not keep the message. It is sent again after reconnecting.',
    unknown: 'It is not certain that the message was kept. Sending it again will not repeat it.',
  },
  room: {
    lobby: 'Lobby',
    joined: '{name} came in.',
    left: '{name} left.',
    renamed: '{old} is now {name}',
    notSent: '“{text}” was not sent: {reason}',
    loopStopped: 'The bots went back and forth too often, so they stop here.',
  },
  page: pageEn,
}
