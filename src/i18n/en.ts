import { apiEn } from './api/en.js'
import { actsEn, cliEn, configEn } from './console/en.js'
import { botToolsEn } from './bot-tools/en.js'
import { hooksEn } from './hooks/en.js'
import { doctorEn } from './doctor/en.js'
import { keepingEn } from './keeping/en.js'
import { facesEn } from './faces.js'
import { dropInEn } from './drop-in/en.js'
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
    no_such_message: 'There is no such message; it may have been taken back or cleared.',
    closed: 'This question is closed: it takes no more answers.',
    expired: 'The time for this question is over: it takes no more answers.',
    wrong_fields: 'Something in the form is not right yet. Please look at the marked fields.',
    no_such_choice: 'This question has no such choice. Choose one of those that stand under it.',
    no_such_user:
      'There is no such person, or that bot is not here. Please pick somebody from the member list.',
    no_such_invite:
      'There is no such invite; it may have expired or be used up. Please load the list of invites again.',
    waiting:
      'A moderator has to let you into this room. They have been asked; it opens by itself once they agree.',
    denied: 'You may not do this here.',
    muted:
      'You are muted and can speak again in {time}. What you wrote stays in the message field.',
    too_late: 'Too much time has passed; this message can no longer be changed.',
    too_many: 'Too many: at most {limit}.',
    cid_conflict:
      'The id of this message already belongs to another text. Please send it once more; a program, under a new id or Idempotency-Key.',
    rate_limited: 'That was too fast. It can be sent in {seconds} s.',
    slow_mode: 'Slow mode is on. Please wait {time}, then send it again.',
    storage_full:
      'The server cannot write to its disk, so this was not kept. Try later, and tell the host.',
    overloaded:
      'The server is too busy and did not keep the message. Please try again in a moment.',
    draining:
      'The server is restarting, and this was not kept. Messages that wait are sent after reconnecting; anything else, please try once more.',
    unknown: 'It is not certain that the message was kept. Sending it again will not repeat it.',
  },
  /** Of those, what is otherwise where there are only bare lines. */
  bare: {
    muted: 'You are muted and can speak again in {time}.',
    announce: 'Only moderators speak here for now. You can read what is said.',
    draining:
      'The server is restarting and did not keep the message. Please say it once more when it is back.',
    unknown:
      'It is not certain that the message was kept. Please look whether it is there before you say it again.',
  },
  notInTexts: {
    control:
      'There is an invisible control character in the text ({code}), and it cannot be kept. Please delete it, or paste the text as plain text, and send it again.',
    half: 'There is half of a character in the text ({code}), perhaps of an emoji that was cut in two. Please delete it, and send it again.',
  },
  /** Beside a field of a card's form. */
  form: {
    missing: 'Please fill this in.',
    text: 'Please write one line of text.',
    number: 'Please write a number.',
    whole: 'Please write a whole number.',
    tooLong: 'At most {limit} characters, please.',
    tooSmall: 'Please write {limit} or more.',
    tooLarge: 'Please write {limit} or less.',
    choice: 'Please choose one of these.',
    unknown: 'This form has no such field. Please reload the page.',
  },
  tooLate: {
    edit: 'A message can be edited within {time} of being sent, and this one is older. Please send a new one instead.',
    recall:
      'A message can be taken back within {time} of being sent, and this one is older. A moderator still can.',
  },
  tooMany: {
    reactions:
      'A message may have at most {limit} kinds of emoji. Join in one of those that are there.',
    pins: 'At most {limit} messages can be pinned in a room. Please unpin one first.',
  },
  denied: {
    archived: 'This room is archived: it can be read, not changed. A moderator can open it again.',
    announce: 'Only moderators speak in this room. You may read, and react with an emoji.',
    moderators: 'Only the host and moderators may do this. Please ask one of them.',
    host: 'Only the host may do this.',
    own: 'Only a message of your own can be changed like this.',
    nobody: 'There is no such person, or it is a bot. Please pick somebody from the member list.',
    self: 'You cannot do this to yourself. Please pick somebody else.',
    noAddress:
      'They are not connected now, so no address is known. Please ban by device and name instead.',
    nearAddress:
      'A whole classroom or office may sit behind this address. Please ban by device and name; if you really mean the address, use force.',
    noBan: 'There is no such ban; it was lifted or has ended. Please reload the list.',
    peers: 'You cannot do this to the host or to another moderator. Please ask the host.',
    lobby: 'The lobby is where everybody comes in: it can be neither hidden nor archived.',
    shortPasscode: 'A passcode has at least {chars} characters. Please choose a longer one.',
    longPasscode: 'A passcode has at most {chars} characters. Please choose a shorter one.',
    openDoor:
      'Nobody waits before the door of this room, so nobody can be turned away. To send them out, kick them; to keep them out, ban them.',
    noReport: 'There is no such report in this room. Please reload the list.',
    noRooms: 'You cannot make rooms here. Please ask the host for one.',
    people: 'Only people may do this; a bot’s token cannot.',
    scope:
      'This token is not good for {scope}. Ask the host for another one: {program} bot token NAME --scopes {scope}',
    uncalled:
      'The moderators let this bot speak here only when it is called. Answer the message that calls it, with reply_to.',
    unheard:
      'The moderators let this bot hear only a part here, so the past is closed to it. What it may hear comes over the WebSocket.',
    loop: 'Bots have answered each other a few times now, so this was not sent. Please wait until a person speaks.',
    turnedAway: 'You were not let into this room. You can ask a moderator.',
    ofTwo: 'A room of two cannot be left. Mute it if you do not want to be disturbed.',
  },
  away: {
    everywhere: {
      kicked: 'A moderator sent you out of the chat room. You may sign in again.',
      banned: 'You can no longer enter this chat room. Please ask the host if in doubt.',
      bannedFor: 'You cannot enter this chat room for now; come back in {time}.',
    },
    room: {
      kicked: 'A moderator sent you out of this room. You may come in again.',
      banned: 'You can no longer enter this room. Please ask the host if in doubt.',
      bannedFor: 'You cannot enter this room for now; come back in {time}.',
    },
  },
  bots: {
    cut: '… (too long, the rest is left out)',
    busy: 'I am still answering, and {waiting} more questions wait. Please ask me again in a moment.',
    failed:
      'Something went wrong, so there is no answer. Please try again, and tell the host if it stays so.',
    late: 'That took too long, so there is no answer. Please try again.',
    off: '{name} is turned off in this room. A moderator can turn it on again under “Who is listening”.',
    forModerators:
      'In this room {name} answers moderators alone. You can ask one of them, or write to {name} in a room of two.',
    /** In the sandbox, to whoever is in it. */
    failedAt: 'Failed at {place}: {what} ({kind})',
    failedSo: 'Failed: {what} ({kind})',
    met: 'Met a failure: {kind}',
    wrote: 'Log, {level}: {message}',
    rests: pageEn.notices.rests,
    repeats: pageEn.notices.repeats,
  },
  plugins: {
    unknownKey: '[{section}] has no key "{key}". Did you mean "{nearest}"?',
    missing: '[{section}] lacks "{key}": {help}. Please add a line {written} = …',
    wrong: '[{section}] {key} {rule}, not "{value}".',
    wrongSecret: '[{section}] {key} {rule}.',
    rules: {
      one: 'must be a single value',
      text: 'must have the right number of characters',
      int: 'must be a whole number',
      bool: 'must be yes or no',
      duration: 'must be a time like 500ms, 10s or 2m',
      list: 'must have the right number of entries, separated by commas',
      enum: 'must be one of {values}',
      url: 'must be a whole address, like http://127.0.0.1:8080/',
    },
    bounds: {
      range: ' ({min} to {max})',
      atLeast: ' (at least {min})',
      atMost: ' (at most {max})',
    },
    notFound:
      '[{section}] use = {use}: there is no such plugin. Built in are: {builtins}; the npm package {package} must be installed beside the configuration file; for a file of your own write ./plugins/x.js.',
    noFile:
      '[{section}] use = {use}: there is no file {path}. Please check the path; it starts at the configuration file.',
    noTypeScript:
      '[{section}] use = {use}: TypeScript cannot be loaded with isolate = none. Take that line away, or name the compiled .js file.',
    notLoaded:
      '[{section}] use = {use}: the plugin cannot be loaded: {reason}. Mend it, or write required = no to go on without it.',
    notStarted:
      '[{section}] use = {use}: the plugin failed to start: {reason}. Mend it, or write required = no to go on without it.',
    noBot:
      '[{section}] use = {use}: there is no bot in this plugin. Please call the section [plugin:{name}].',
    commandFailed: 'This command went wrong and did nothing. Please try later, or tell the host.',
    guest: 'Guest{number}',
  },
  dropIn: dropInEn,
  botTools: botToolsEn,
  hooks: hooksEn,
  doctor: doctorEn,
  keeping: keepingEn,
  commands: {
    nick: 'Take another nickname; a random one if none is given',
    mute: 'Let somebody read but not speak here for some minutes: /mute NAME 10; 0 lifts it',
    kick: 'Send somebody out of this room, they may come in again: /kick NAME',
    ban: 'Keep somebody out of this room: /ban NAME',
    slow: 'Slow mode, how many seconds each person waits between messages: /slow 30; 0 ends it',
    topic: 'Say what this room is about; without a text, nothing in particular',
  },
  typed: {
    mute: {
      usage:
        'Please write /mute NAME MINUTES, such as /mute Ada 10. At most {most} minutes; 0 lifts it.',
      done: '{name} cannot speak in this room for {time}. To lift it earlier: /mute {name} 0',
      lifted: '{name} may speak in this room.',
    },
    kick: {
      usage: 'Please write /kick NAME, such as /kick Ada.',
      done: '{name} was kicked out of this room and may come in again. To keep them out: /ban {name}',
    },
    ban: {
      usage: 'Please write /ban NAME, such as /ban Ada.',
      done: '{name} cannot come into this room any more. To lift it, look under Bans in the moderators’ dialog.',
    },
    slow: {
      usage: 'Please write /slow SECONDS, such as /slow 30. At most {most} seconds; 0 ends it.',
    },
  },
  listen: {
    busy: 'Port {port} is taken by another program. Stop that one, or choose another port: --port {next}',
    forbidden: 'You may not use port {port}. Use one above 1024, for example --port 8088',
    noSuchHost: 'This machine has no address {host}. Use --host 0.0.0.0 to listen on all of them',
  },
  room: {
    lobby: 'Lobby',
    sandbox: 'Sandbox',
    sandboxTopic:
      'Try bots here: every bot hears what is not for another, and everybody in here reads its errors and its log.',
    console: 'The host',
    joined: '{name} came in.',
    left: '{name} left.',
    topicTooLong: 'A topic may have at most {limit} characters. Please shorten it.',
  },
  search: {
    empty:
      'Type what you are looking for: a word, some characters, an emoji, or a condition like from:Tom.',
    tooLong:
      'A search may have at most {limit} characters, and this one has {length}. Please look for a part of it.',
    tooMany: 'A search may have at most {limit} words and conditions. Please leave some out.',
    unclosed:
      'A quotation mark is not closed. Put another one at the end of the phrase, or leave it out.',
    noValue: 'Nothing stands behind “{field}”. Write it right after the colon, or leave it out.',
    unknownField:
      'A search has no “{field}”, only from: in: after: before: has: bot:. If you mean the text itself, put it in quotation marks.',
    badDate: '“{date}” is not a date. Write it like {field}2026-11-01 or {field}2026-11.',
    badHas:
      'There is no has:{thing}, only has:link, has:code, has:file and has:reaction. Please use one of those.',
    badCursor: 'These results cannot be continued. Please search again.',
  },
  names: {
    empty: 'Please choose a nickname of 1 to 20 characters.',
    tooLong: 'A nickname may have at most 20 characters. Please shorten it.',
    tooManyBytes: 'The emoji or signs in this nickname take too much room. Please use fewer.',
    invisible: 'This nickname has invisible characters in it. Please remove them and try again.',
    marks: 'A letter may carry at most two marks. Please remove some.',
    noLetters: 'A nickname needs at least one letter, digit or emoji.',
    scripts:
      'A nickname may mix Chinese, Japanese or Korean with Latin letters, but no other alphabets. Please use one alphabet.',
    taken:
      'Somebody uses this nickname already, or it is reserved. Please add something to it, or choose another.',
  },
  web: {
    badRequest: 'The server does not understand this request. Please go back and try again.',
    badAvatar: 'A face is a number from 0 to 26. Please pick one of the pictures.',
    crossSite:
      'This request came from another site, so nothing was done. Please use the pages of the chat room itself.',
    notFound: 'There is no such page, or you may not enter it. Please check the address.',
    knockFirst:
      'A moderator has to let you into this room. Please open it in a browser and ask to join first.',
    closedInvite:
      'This invite has expired, was used up or taken back. Please ask whoever invited you for a new one.',
    notAllowed: 'This address does not take this kind of request.',
    tooLarge: 'That was too much at once. Please shorten it and try again.',
    unsupportedType: 'The server takes forms and JSON only.',
    unknownHost:
      'This server does not know the host name {host} yet. If it is yours, add this line to config.ini under [server]: {line}',
    badHost: 'The host name in this request is malformed. Please check the address.',
    upgradeRequired: 'This address is for WebSockets only. Please open the front page.',
    foreignOrigin:
      'The page at {origin} may not connect to this chat room. To allow it, add this line to config.ini under [server]: origins[] = {origin}',
    badSubprotocol:
      'The server knows the subprotocol {protocol} only; offer none for the classic mode.',
    hostOnly:
      'This page is for the host. To become the host, run {program} host-link on the server.',
    tokenInAddress:
      'A token does not belong into an address, where logs and histories keep it. Send it as a header: Authorization: Bearer TOKEN',
    botProtocol: 'Whoever connects with a token has to offer the subprotocol {protocol}.',
    noSubprotocol: 'This address speaks bare lines: please offer no subprotocol.',
    badToken: 'This token is invalid or was revoked.',
    tooManySignins:
      'Too many people came in from this address. Please try again in {minutes} minutes.',
    tooManyConnections:
      'Too many connections were made from this address. Please try again in {seconds} seconds.',
    noNickname: 'No nickname comes to mind right now. Please make one up.',
    banned: 'You cannot enter this chat room. If you think this is a mistake, please ask its host.',
    bannedFor:
      'You cannot enter this chat room for now; come back in {time}. If you think this is a mistake, please ask its host.',
    signInFirst: 'Please sign in first, then open this link.',
    hostLinkSpent:
      'This link was used, has expired or is incomplete. Please make another one on the server: {program} host-link',
    tooManyClaims: 'Too many attempts from this address. Please try again in {minutes} minutes.',
    metricsRefused:
      'Metrics are for this machine only, or for the token in config.ini, [server] metrics_token (Authorization: Bearer).',
    unavailable: 'The chat room cannot be used right now. Please try again in a moment.',
    broken:
      'Something went wrong; it is in the log of the server. Please try again, and tell the host if it stays so.',
  },
  host: {
    heading: 'Become the host',
    lead: 'This link works once. Whoever uses it becomes the host of this chat room.',
    powerKeep: 'Keep order: mute, kick, ban, look into reports',
    powerShare: 'Appoint moderators',
    powerRooms: 'Look after all rooms',
    signin: 'Pick a name first',
    claim: 'Become the host',
    claiming: 'One moment…',
    back: 'Enter the chat room',
    done: 'You are the host',
    doneLead:
      'You stay the host for as long as you are signed in here. After signing out, make another link with {program} host-link.',
    already: 'You are the host already',
    noLink:
      'The second half of the link is missing. Please open the whole link from the terminal, or make another one with {program} host-link.',
  },
  plain: {
    lead: 'Bare lines, without signing in. Everybody on this page sees the address that you come from.',
    whole: 'Open the full chat room',
    lines: 'What is said',
    line: 'Say something…',
    send: 'Send',
    muted: 'You are muted until {time}.',
    closed: 'The connection is closed. Please reload the page.',
    refused: 'The server did not let this page in. Please wait a moment and reload it.',
    noScript:
      'This page needs JavaScript. A program like websocat can talk at the same address with /chat behind it.',
  },
  doors: {
    heading: 'Enter the passcode',
    lead: 'No passcode? The address may have a typo, or an invite link is needed to come in.',
    passcode: 'Passcode',
    enter: 'Enter the room',
    back: 'To the lobby',
    noPasscode: 'Please type the passcode first.',
    wrongPasscode:
      'No room here opens with this passcode. Check it and the address, or ask whoever told you.',
    tooManyPasscodes:
      'That was tried too often. Please wait {minutes} minutes, or ask a moderator for an invite.',
    knockHeading: 'Ask to join “{room}”',
    knockLead: 'You get in once a moderator agrees. They see your name and face: {name}.',
    knock: 'Ask to join',
    waitsHeading: 'You have asked to join',
    waitsLead:
      'The moderators of “{room}” decide whether you come in. Once they agree, this page opens the room by itself.',
    refusedHeading: 'Not this time',
    refused: 'You were not let in this time. Ask a moderator, or go to the lobby.',
    look: 'Check for an answer',
    tooManyPages:
      'You have too many pages open, so this one cannot open the room by itself. Close others, then check for an answer.',
    newHeading: 'No room “{room}” is open to you',
    newLead:
      'Perhaps the address has a typo. If nobody has made such a room yet, you can create it: everybody can then find it and come in.',
    newMake: 'Create it',
    newPasscode: 'Or were you told a passcode?',
    keptOutHeading: 'You cannot come into the lobby',
    keptOut:
      'A moderator keeps you out of it. They can lift that; until then your other rooms are open to you.',
    keptOutFor:
      'A moderator keeps you out of it for now; come back in {time}. Until then your other rooms are open to you.',
    keptOutRooms: 'Other rooms',
    inviteHeading: 'This invite no longer works',
    inviteLead:
      'It has expired, was used up or taken back, or the link was not copied whole. Please ask whoever invited you for a new one.',
  },
  page: pageEn,
  faces: facesEn,
  config: configEn,
  cli: cliEn,
  acts: actsEn,
  api: apiEn,
  control: {
    unknownAct:
      'The running server does not know "{act}". Please use the same version on both sides.',
    noPerson: 'There is no "{who}". See who there is with {program} user list; #ID works as well.',
    noBotThere:
      'There is no bot "{name}" in the room {room}. See which there are with {program} bot list.',
    botsNeedServer:
      'The server is not running, and bots are there only while it runs. Please start it first.',
    noBot: 'There is no bot "{name}". See which there are with {program} bot list.',
    noRoom: 'There is no room "{room}". See which there are with {program} room list.',
    noBan: 'There is no ban {id}; it was lifted or has ended. See {program} ban list.',
    badRoom: 'The name of a room has 1 to 40 letters, digits, - or _, so it cannot be "{room}".',
    roomExists: 'There is a room "{room}" already. To change it, use {program} room set.',
    noInvite: 'The room {room} has no invite {id}. See {program} invite list.',
    noReport: 'There is no report {id}. See {program} report list.',
    banWhom: 'Ban whom? Please give a nickname, --name NAME or --address ADDRESS.',
    nearAddress:
      'A whole classroom or office may sit behind {address}. If you really mean it, add --force.',
  },
  store: {
    url: '[store] url must be empty, or "sqlite:" and the path of a file, not "{seen}".',
    locked:
      'The data folder {folder} is in use by another server (process {pid}). Stop that one first, or give this one a folder of its own with --data.',
    unlockable:
      'The data folder {folder} cannot be made or locked ({reason}). Check who may write there, or choose a folder on a disk of this machine with --data.',
    unopened:
      'The data file {file} cannot be opened ({reason}). Check that this user may read and write it and its folder.',
    damaged:
      '{file} is not a data file of the chat room, or it is damaged. Restore it from a backup; to begin anew, move it away first.',
    newer:
      '{file} was written by a newer version of the chat room (it has "{migration}"). Install that version, or restore a backup from before the update.',
    full: 'The data file {file} cannot be written: the disk is full. Free some space, then start again.',
    unsafe:
      '{file} lies on a disk that does not keep messages safely ({reason}). Choose a folder on a disk of this machine with --data, not a network share.',
  },
}
