import type { Texts } from '../zh-CN.js'

/** The API and its tokens, in English. */
export const apiEn: Texts['api'] = {
  unauthorized:
    'This needs the token of a bot, in a header: Authorization: Bearer TOKEN. This one is missing, wrong, expired or revoked; the host makes another one with {program} bot token NAME.',
  tooManyTries: 'Too many wrong tokens from this address. Please try again in {seconds} seconds.',
  field:
    '{field} is missing or not as it should be. What each address wants stands in /api/v1/openapi.json',
  notJson: 'The body is not JSON. Please send an object such as {"data": "Hello"} in UTF-8.',
  unsupported:
    'The body must be JSON. Please send it with the header Content-Type: application/json (curl --json does).',
  tooSlow: 'The body did not come in time. Please send it again, in one go.',
  tooLarge: 'The body may have {bytes} bytes. Please send less at once.',
  badKey:
    'An Idempotency-Key has 8 to 64 of A–Z a–z 0–9 . _ ~ : - Please choose another one, such as a UUID.',
  noKey: 'This address takes no Idempotency-Key: asked twice, it is done twice.',
  notFound: 'There is nothing at this address. What there is stands in /api/v1/openapi.json',
  notAllowed: 'This address takes only {methods}.',
  failed: 'Something went wrong; it is in the log of the server. Please try again.',
  expired:
    'Its token has expired, so its program cannot come in any more. Give it a new one (“Tokens of bots” in your menu, or {program} bot token {name}), or revoke the old one, and it leaves.',
  names: {
    reserved: '"{name}" could be taken for the server itself. Please choose another name.',
    bot: 'A bot is called "{name}" already, or answers to it. Please choose another name.',
    person: 'Somebody who is here bears the name "{name}". Please choose another one.',
  },
  refused: {
    room: 'There is no room "{room}". See {program} room list for all of them.',
    many: 'There are {limit} tokens, which is as many as there may be. Please revoke some first.',
    none: 'There is no token {id}. See {program} bot tokens for all of them.',
  },
  scopes: {
    read: 'Hear, look up, search',
    write: 'Speak, edit, react',
    moderate: 'Keep order: mute, pin, take back',
    rooms: 'Make rooms and look after its own',
  },
  page: {
    heading: 'Bots elsewhere',
    lead: 'A program with a token hears and speaks here as a bot.',
    made: 'The token of {name} is ready',
    once: 'It is shown this once, so copy it now. Whoever has it speaks as this bot.',
    token: 'Token',
    say: 'Say something',
    read: 'Read the last messages',
    members: 'See who is in the room',
    hello: 'Hello!',
    more: 'What else there is:',
    first: 'Make the first token',
    another: 'Make another one',
    name: 'Name of the bot',
    may: 'What it may do',
    rooms: 'In which rooms',
    roomsHint:
      'Names with commas between them. None: all open rooms. Rooms with a passcode, with approval or unlisted ones have to be named.',
    until: 'Good for',
    days: '{n} days',
    forGood: 'until it is revoked',
    make: 'Make a token',
    noScopes: 'Please choose at least one thing that it may do.',
    given: 'Given out',
    allRooms: 'all open rooms',
    unused: 'never used',
    used: 'last used {when}',
    ends: 'until {when}',
    expired: 'expired',
    revoke: 'Revoke',
    revokeOf: 'Revoke the token of {name}',
    back: 'Back to the chat room',
  },
}
