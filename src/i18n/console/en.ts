import type { Texts } from '../zh-CN.js'

/** What is wrong with the configuration, in English. */
export const configEn: Texts['config'] = {
  badSyntax:
    'This line is neither a [section], nor "key = value", nor a comment that starts with ; or #. Please correct or remove it.',
  badQuotes:
    '{name} has quotes that do not match. Put the whole value in quotes, write \\" for a quote and \\\\ for a backslash, and no comment behind it.',
  cutOff:
    '{name} holds a ; or #, which cuts a value short unless it is quoted. Put the whole value in quotes: {key} = "…"',
  commentCut:
    '{name}: the part from the ; or # on was taken for a comment. If it belongs to the value, put the whole value in quotes.',
  noSection: '{key} stands before the first section. Please put it under one, such as [server].',
  unknownSection: 'There is no section [{section}]; the nearest known one is [{nearest}].',
  unnamedSection: '[{section}] lacks a name. Please write [plugin:NAME], [bot:NAME] or [mcp:NAME].',
  doubleSection:
    '[{section}] is there twice, first in line {first}. Please make one section of the two.',
  unknownKey: '[{section}] has no key {key}; the nearest known one is {nearest}.',
  otherSection: '[{section}] has no key {key}; it belongs to [{other}]. Please move it there.',
  doubleKey:
    '{name} is given twice, first in line {first}. Keep one of them; a list has {key}[] = on each line.',
  notList: '{name} takes a single value. Please write {key} = VALUE, without [].',
  noValue: '{name} has no value. Please write {key} = VALUE, or remove the line.',
  noUse:
    '[{section}] lacks use, the plugin it stands for. Please add a line such as use = offline.',
  oneOfCommandAndUrl:
    '{name} needs one of command (a program on this machine) and url (an address), and not both.',
  noTools:
    '{name} lacks tools, the names of the tools that may be used: tools[] = NAME on each line, or tools = * for all of them.',
  strayToolKey: '{name} belongs to {belongs}. Please remove it.',
  badEnv: '{name} must read NAME=value, such as API_KEY=${API_KEY}.',
  badHeader: '{name} must read Name: value, such as Authorization: Bearer ${TOKEN}.',
  badToolUrl: '{name} must start with http:// or https://, not "{value}".',
  urlCredentials:
    '{name} may hold no user and password. Put the key into headers[] = Authorization: Bearer ${TOKEN}.',
  unknownToolServer:
    '{name}: there is no [mcp:{value}]; the nearest one is [mcp:{nearest}]. Please correct the name or add the section.',
  unusedToolServer:
    '{name} is used by no bot. Add mcp[] = {value} to the section of a bot with use = openai.',
  missingVariable:
    '{name} needs the environment variable {variable}, which is not set. Set it, or write the value itself.',
  badInt: '{name} must be a whole number from {min} to {max}, not "{value}".',
  badBool: '{name} must be yes or no, not "{value}".',
  badDuration: '{name} must be a time such as 500ms, 10s, 2m, 12h or 30d, not "{value}".',
  shortDuration: '{name} must be at least {min}, not "{value}".',
  longDuration: '{name} must be at most {max}, not "{value}".',
  badEnum: '{name} must be one of {values}, not "{value}".',
  badHost: '{name} must be an IP address or a host name, such as 0.0.0.0, not "{value}".',
  badOrigin:
    '{name} must be an address of scheme, host and port alone, such as https://chat.example.com, not "{value}".',
  badNetwork: '{name} must be an IP address or a CIDR range, such as 10.0.0.0/8, not "{value}".',
  badBasePath:
    '{name} must start with a slash and not end with one, such as /chat-room, not "{value}".',
  badStore:
    '{name} must be empty or sqlite:PATH, not "{value}". This version keeps its data in SQLite; other databases are not supported yet.',
  badBus:
    '{name} must be empty, not "{value}". This version runs as a single node; there is no bus yet.',
  badRoom:
    '{name}: the name of a room has 1 to 40 letters, digits, - or _, so it cannot be "{value}".',
  shortSecret: '{name} needs at least 32 characters. To make one, run: openssl rand -hex 32',
  noFile: '{name} names a file that is not there: {path}. Please check the path.',
  unreadableFile:
    '{name} names a file that cannot be read: {path} ({reason}). Please check its permissions, and that it is a file.',
  notUtf8: '{path} is not in UTF-8. Please save it as UTF-8 in your editor.',
  notFolder: '{name} must be a folder, but {path} is a file. Please choose another path.',
  loneTls:
    '{given} and {missing} turn on https together, and only the first is set. Please set {missing} too.',
  badTls:
    '{name} and the key of [server] tls_key cannot be used together ({reason}). Please check that both are PEM files and belong to each other.',
  badSet:
    '--set must read "SECTION.KEY=VALUE", such as --set "bot:小小鸟.hear=all", not "{value}".',
  unknownVariable:
    'The environment variable {name} has no effect; the nearest known one is {nearest}.',
  openSecret:
    '{path} holds a secret, and other users of this machine may read it. Please run: chmod 600 {path}',
  visibleFlag:
    'Other users of this machine can see the value of {name} with ps. Use the environment variable {variable} or the config file instead.',
  visibleSet:
    'Other users of this machine can see the value of {name} with ps. Use the config file instead.',
}

/** The command line's own words, in English. */
export const cliEn: Texts['cli'] = {
  usage:
    '$0 [command] [options]\n\nWithout a command it opens the chat room. Each option may stand in the config file or the environment as well.',
  serve: 'Open the chat room (default)',
  check: 'Check the configuration and tell every fault',
  printConfig: 'Print the configuration in effect, secrets as ***',
  printPipeline: 'Print the steps of a message in their order',
  general: 'Everyday:',
  section: '[{section}]:',
  config: 'Config file',
  set: 'Set one key of any section, such as "bot:小小鸟.hear=all"; may be repeated',
  qr: 'Always print the QR code (by default only on a terminal)',
  botAppId: 'app_id of the Tencent chat bot (CHAT_ROOM_BOT_APP_ID)',
  botAppKey: 'app_key of the Tencent chat bot; CHAT_ROOM_BOT_APP_KEY is the better place',
  help: 'Show this text',
  version: 'Show the version',
  empty: 'empty',
  epilogue:
    'Names of environment variables: --port is CHAT_ROOM_PORT, --store-url is CHAT_ROOM_STORE_URL.',
  unknownFlag: 'There is no option {flag}; the nearest known one is {nearest}. See --help for all.',
  unknownCommand:
    'There is no command {command}; the nearest known one is {nearest}. See --help for all.',
  noFlagValue: '{flag} lacks its value. Please write {flag} VALUE.',
  groupWants: '{command} wants one of: {seconds}. See {program} {command} --help.',
  hostHint: 'To become the host, run on this machine: {program} host-link',
  hostLink:
    'To be the host, open this link (once, within 15 minutes; any address above will do in front):',
  tooManyWords:
    '"{word}" after {command} is one word too many. Run one command at a time, and put a value with spaces in quotes.',
  warning: 'Warning: {sentence}',
  ok: 'The configuration is fine.',
  okDefaults:
    'No configuration file was read (name one with --config); defaults, environment and flags are fine.',
  listening: 'The chat room is open:',
  here: 'on this machine',
  network: 'on your network',
  scan: 'Scan it with a phone:',
  hereOnly: 'Only this machine can open it, since [server] host is {host}.',
  noNetwork: 'No network address was found, so only this machine can open it for now.',
  stop: 'Press Ctrl+C to stop.',
}

/** Commands that do something on a running server or on its data, in English. */
export const actsEn: Texts['acts'] = {
  help: {
    'host-link': 'Make a link that makes its bearer host (once, within 15 minutes)',
    'room list': 'List the rooms: how many are in each, its name, how it is kept',
    'room create':
      'Make a room; how it is kept is written --topic "…", --announce yes, --slow 30s and so on',
    'room set': 'Keep a room in another way; --passcode "" takes it away, --slow 0 ends slow mode',
    'room archive': 'Make a room read-only and take it off the list; --undo brings it back',
    'invite create': 'Make a link into a room; --for 7d is how long, --uses 10 how often it works',
    'invite list': 'List the invites of a room that still work',
    'invite revoke': 'End an invite; who came by it stays',
    'message recall': 'Take a message back for good; report list tells its number',
    'message pin': 'Pin a message in its room; --undo takes it off again',
    'user list': 'List who is signed in, the last seen first',
    'user role': 'Make somebody host or mod everywhere, or none any more',
    'user mute': 'Let somebody read but not speak for a while, such as 10m; 0 lifts it',
    'user kick': 'Send somebody out; without --room out of the house, so that they sign in anew',
    'user waiting': 'List who waits to be let in, and before which room',
    'user approve': 'Let somebody in who waits before a room; --refuse turns them away',
    'ban list': 'List who is kept out now',
    'ban add':
      'Keep a person out (by device and name unless --by says otherwise), or --name NAME, --address ADDRESS',
    'ban remove': 'Let somebody in again',
    'report list': 'List the messages that people reported, what nobody has seen to first',
    'report done': 'Mark a report as seen to',
    audit: 'Tell who did what to whom, newest first; --last 50 is how much',
    'bot policy':
      'Show or set what a bot may do in a room: --mode off|called|active, --callers everybody|members|moderators, --quiet 22:00-07:00 or none',
    'bot token': 'Make a token for a bot elsewhere; --scopes read,write, --rooms a,b, --for 90d',
    'bot tokens': 'List the tokens of bots: what they allow, when they were used last',
    'bot revoke': 'End a token at once; its bot goes with its last one',
  },
  words: {
    who: 'WHO',
    whom: '[WHO]',
    time: 'TIME',
    role: 'ROLE',
    id: 'ID',
    number: 'NUMBER',
    room: 'ROOM',
    name: 'NAME',
    bot: 'BOT',
  },
  faults: {
    missing: '{word} is missing.',
    badTime: 'A time is written like 30s, 10m, 12h or 7d, not "{value}".',
    longMute: 'A mute lasts at most 30d. For longer, use {program} ban add.',
    badRole: 'A role is host, mod or none, not "{value}".',
    badBy: '--by takes device, name and address, separated by commas, not "{value}".',
    badAddress: '--address must be an IP address, not "{value}".',
    badSwitch: '{flag} must be yes or no, not "{value}".',
    longSlow: 'Slow mode is at most 6h.',
    noData:
      'No chat room keeps its data in {folder}. Name the right folder with --data, or the file that names it with --config; a chat room begins there when it is first started.',
    nothingToSet: 'What should be set? Please give a setting, such as --announce yes.',
    badInviteTime: '--for must be from 1m to 365d.',
    badUses: '--uses must be a whole number from 1 to 10000, not "{value}".',
    badScopes:
      '--scopes takes read, write, moderate and rooms, separated by commas, not "{value}".',
    badChoice: '{flag} must be one of {values}, not "{value}".',
    badHours:
      '--quiet takes two different times of day, such as 22:00-07:00, or none, not "{value}".',
    badId: 'An id is a whole number, not "{value}".',
    badLast: '--last must be a whole number from 1 to {most}, not "{value}".',
  },
  done: {
    hostLink: 'Whoever opens one of these becomes the host, once, until {until}:',
    startFirst: 'The server is not running now; start it first.',
    host: '{name} is host now.',
    mod: '{name} is a moderator now.',
    noRole: '{name} has no role any more.',
    muted: '{name} is muted until {until}.',
    unmuted: '{name} may speak.',
    kicked: '{name} was sent out.',
    noUsers: 'Nobody is signed in. Whoever comes in stands here.',
    noBans: 'Nobody is banned.',
    roomMade: 'The room {room} is there.',
    roomSet: 'The settings of the room {room} are saved.',
    archived: 'The room {room} is archived.',
    unarchived: 'The room {room} can be used again.',
    recalled: 'Message {id} in {room} was taken back.',
    pinned: 'Message {id} is pinned in {room}.',
    unpinned: 'Message {id} is not pinned in {room}.',
    noInvites: 'There are no invites that work.',
    revoked: 'Invite {id} is revoked.',
    unbanned: '{name} may come in again.',
    noWaiting: 'Nobody waits to be let in.',
    letIn: '{name} may come into {room}.',
    turnedAway: '{name} was turned away from {room}.',
    noReports: 'Nothing was reported.',
    reportDone: 'Report {id} is marked as seen to.',
    noEntries: 'Nobody has done anything yet that is noted here.',
  },
  tokens: {
    made: 'The token of {name} (number {id}). It is shown this once:',
    try: 'Try it:',
    revoked: 'Token {id} of {name} opens nothing any more.',
    noTokens: 'There are no tokens. Make one with {program} bot token NAME.',
    unused: 'never used',
    used: 'used {when}',
    until: 'until {when}',
    expired: 'expired',
    allRooms: 'all open rooms',
  },
  policy: {
    line: '{bot} in {room}: {mode}; who may call it: {callers}.',
    modes: {
      off: 'turned off, it hears and says nothing',
      called: 'hears only who calls it',
      active: 'hears all that it is made for',
    },
    callers: {
      everybody: 'everybody',
      members: 'people, no other bots',
      moderators: 'moderators alone',
    },
    quiet: 'From {from} to {until} it hears only who calls it (times of the server).',
  },
  online: 'online',
  mutedFor: 'muted for',
  forGood: 'for good',
  used: 'used {used}/{uses}',
  everywhere: 'everywhere',
  reportedBy: 'reported by {name}',
  seenTo: 'seen to by {name}',
}
