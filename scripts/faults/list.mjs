/**
 * The faults of one node: what is done, what must come of it, the tests of `npm test` that try it (file and the name of
 * a test in it), and the commands of `npm run faults` that try it with more, or with what a test cannot bring about.
 * docs/RELIABILITY.md shows it as a table; numbers that are missing are of several nodes.
 * @typedef {{ id: string, fault: string, expected: string, tests: [file: string, name: string][], runs: string[] }} Fault
 */

const nothingLost = 'nothing acknowledged is lost, nothing is twice, no gap'

/** @type {Fault[]} */
export const faults = [
  {
    id: 'F1',
    fault: '`kill -9` under 200 lines a second, a hundred times',
    expected: `${nothingLost}; ready in 3 s, all back in 10 s`,
    tests: [['walks/kill.test.ts', 'kill -9 in the middle of talk']],
    runs: ['kill'],
  },
  {
    id: 'F2',
    fault: 'power loss: the files as a disk may have them, 500 images',
    expected: 'each opens, with every line whose ack had left',
    tests: [['store/sqlite/thread.test.ts', 'syncs fully after a write']],
    runs: ['power'],
  },
  {
    id: 'F3',
    fault: 'the disk cannot sync, or read (EIO)',
    expected: 'after a failed sync no ack and exit 1; what was read goes on; no start, exit 78',
    tests: [
      ['store/sqlite/thread.test.ts', 'trusts a connection no more once fsync has failed'],
      ['walks/nth-failure.test.ts', 'whichever request finds a disk that'],
    ],
    runs: ['machine'],
  },
  {
    id: 'F4',
    fault: 'disk full',
    expected: '`storage_full`, reading goes on, well again without a restart',
    tests: [['store/full-disk.test.ts', 'refuses to append to a full disk, goes on reading']],
    runs: ['machine'],
  },
  {
    id: 'F5',
    fault: 'read-only disk, in operation and at the start',
    expected: 'as F4; at the start exit 78 with one line within 2 s',
    tests: [['store/lock.test.ts', 'says why a folder cannot be locked']],
    runs: ['machine'],
  },
  {
    id: 'F8',
    fault: 'slow disk: each sync takes 2 s',
    expected: 'at most 1,000 lines wait, the others are put off as overload; heartbeats go on',
    tests: [['chat/journal.test.ts', 'more than 1,000 waiting lines are refused as overload']],
    runs: ['machine', 'peak'],
  },
  {
    id: 'F16',
    fault: 'SIGTERM with a hundred lines under way',
    expected: 'each is acknowledged or refused for now; exit 0 within 30 s',
    tests: [
      ['walks/closing.test.ts', 'a server that closes answers every line it was sent'],
      ['walks/closing.test.ts', 'SIGTERM with 100 lines under way'],
      ['chat/under-way.test.ts', 'a machine that is busy with other things takes nothing'],
    ],
    runs: ['machine'],
  },
  {
    id: 'F17',
    fault: 'stopped for 45 s (SIGSTOP)',
    expected: `clients leave and come back; ${nothingLost}`,
    tests: [['chat/heartbeat.test.ts', 'a server that slept gives everybody the time']],
    runs: ['machine'],
  },
  {
    id: 'F18',
    fault: 'the clock jumps a day ahead, a day back, 10 s back',
    expected:
      'order by number; the time of a room never goes back; mutes last as long as they were meant to',
    tests: [
      ['store/contract.ts', 'never lets time run backwards in a room'],
      [
        'chat/sanctions.test.ts',
        'who turns the machine’s clock neither ends a mute nor prolongs it',
      ],
      ['simulation/simulation.test.ts', 'however what happens is interleaved'],
    ],
    runs: ['machine', 'simulation'],
  },
  {
    id: 'F19',
    fault: 'a bot hangs, loops, throws, rejects or ends its process',
    expected: 'people wait no longer; it is stopped in its time',
    tests: [
      ['plugins/worker.test.ts', 'what hangs there is told so'],
      ['plugins/load.test.ts', 'a plugin that %s costs no message'],
      ['bots/bots.test.ts', 'one that hangs is stopped in its time'],
    ],
    runs: ['bots'],
  },
  {
    id: 'F20',
    fault: 'a bot floods; two bots answer each other',
    expected: 'one line a second, five at once; the third hop is the last',
    tests: [
      ['bots/bots.test.ts', 'one that floods says five at once'],
      ['bots/bots.test.ts', 'two bots that answer each other stop at the third hop'],
    ],
    runs: ['bots'],
  },
  {
    id: 'F21',
    fault: 'a bot or model replies 10 MB, never ends, or sends broken characters',
    expected: 'cut at a message’s length, with a mark, or refused; 20 MiB more at most',
    tests: [
      [
        'bots/drafts.test.ts',
        'a million characters in one piece are one message of the allowed length',
      ],
      [
        'plugins/worker.test.ts',
        'a text that nobody could read is refused where it is made, before it costs anything',
      ],
      ['walks/model.test.ts', 'an endless answer ends where a message does'],
      ['walks/model.test.ts', 'a stream that is cut inside a character leaves whole characters'],
    ],
    runs: ['bots'],
  },
  {
    id: 'F22',
    fault: 'a model is busy, broken, unknown or slow; its key is wrong',
    expected: 'it waits as told, rests after five failures, says so once; no key in the log',
    tests: [
      ['plugins/builtin/openai/answer.test.ts', 'after five failures in a row it rests'],
      ['walks/model.test.ts', 'a dead host is told to the room in a sentence'],
      [
        'walks/model.test.ts',
        'a wrong key is told to the room in a sentence, and to the log without the key',
      ],
    ],
    runs: ['bots'],
  },
  {
    id: 'F23',
    fault: 'a plugin throws at load, exports nothing, has wrong syntax',
    expected: 'it is named with its line; in the bots folder the server starts without it',
    tests: [
      ['plugins/load.test.ts', 'what cannot be loaded is told with its line'],
      ['walks/drop-in.test.ts', 'a broken save keeps the one before'],
      [
        'walks/bad-bots.test.ts',
        'one that ends the worker at the start keeps none of the others away',
      ],
    ],
    runs: [],
  },
  {
    id: 'F24',
    fault: '10,000 connections in 10 s, from one address and from 250',
    expected:
      'above the limits 429 before 101; people’s acks p99 under 500 ms; RSS under 400 MB; well within 10 s',
    tests: [
      ['walks/door.test.ts', 'more connections of one address than allowed are refused before 101'],
    ],
    runs: ['flood'],
  },
  {
    id: 'F25',
    fault: '1,000 requests of a byte a second (slowloris)',
    expected: 'cut after 10 s; nobody else notices',
    tests: [
      ['attacks/sources.test.ts', 'a slow HTTP client has ten seconds for its head'],
      ['web/bodies.test.ts', '%s waits for a slow body only so long'],
      ['attacks/lines.test.ts', 'who asked for another protocol and does not hang up'],
    ],
    runs: ['machine'],
  },
  {
    id: 'F26',
    fault: 'readers that do not read, in a busy room',
    expected: 'cut with 4008 when 1 MiB waits for them; they come back to all',
    tests: [
      ['walks/slow-reader.test.ts', 'a reader that does not read is cut with 4008'],
      [
        'chat/connection.test.ts',
        'who leaves more than 256 KiB unread for ten seconds is cut then',
      ],
    ],
    runs: ['machine'],
  },
  {
    id: 'F27',
    fault: 'half-open lines',
    expected: 'dropped within 35 s; clients leave after 40 s',
    tests: [
      ['chat/heartbeat.test.ts', 'who falls silent'],
      ['gateways/bot-socket.test.ts', 'a program that is silent is cut off within 35 seconds'],
    ],
    runs: ['machine'],
  },
  {
    id: 'F28',
    fault: 'lines cut at each byte; 64 kbit/s with lost packets',
    expected: nothingLost,
    tests: [
      ['simulation/simulation.test.ts', 'however what happens is interleaved'],
      ['walks/rfc6455.test.ts', 'bytes that come one by one are understood'],
    ],
    runs: ['machine', 'simulation'],
  },
  {
    id: 'F29',
    fault: 'the ack is lost: a copy races the first one, 10,000 times',
    expected: 'one row, one number, both acknowledged',
    tests: [['walks/once.test.ts', 'copies of a line by two connections at once are one line']],
    runs: ['races'],
  },
  {
    id: 'F30',
    fault: 'two tabs and two devices of a person; too many tabs',
    expected: 'all hear all, one member; one tab too many gets 4004',
    tests: [
      ['walks/two-people.test.ts', 'two tabs of a person are one member'],
      ['walks/door.test.ts', 'one connection too many is told so by 4004'],
    ],
    runs: [],
  },
  {
    id: 'F31',
    fault: 'cookies: forged, cut, huge, expired, replayed, twice',
    expected: 'signed out, never an error of the server',
    tests: [
      ['web/gate.test.ts', 'without a session, or with a broken one, is let in as nobody'],
      ['web/signin.test.ts', 'ends the session for good'],
      ['attacks/requests.test.ts', 'two thousand cookies that are nearly somebody’s are nobody’s'],
      ['attacks/requests.test.ts', 'nor do they open the chat'],
    ],
    runs: [],
  },
  {
    id: 'F32',
    fault: 'the secret is changed, the old one second, then gone',
    expected: 'sessions hold until the old one is gone',
    tests: [
      ['web/session.test.ts', 'a cookie of the older key is good, and is signed anew whole'],
      ['web/session.test.ts', 'a cookie of a key that is gone is nobody’s'],
    ],
    runs: [],
  },
  {
    id: 'F33',
    fault: 'frames too long, announced as 100 MB, in 80 or 131,073 fragments',
    expected: '1009 or 1008',
    tests: [['walks/rfc6455.test.ts', '%s closes the connection with %i']],
    runs: [],
  },
  {
    id: 'F34',
    fault: 'broken UTF-8, depth 10,000, wrong types, unknown types, lone surrogates',
    expected: 'a typed refusal; the eleventh malformed one in a minute closes with 1008',
    tests: [
      ['walks/fuzz.test.ts', 'twenty thousand texts are read or refused'],
      ['walks/door.test.ts', 'the eleventh malformed frame within a minute closes the connection'],
    ],
    runs: ['fuzz'],
  },
  {
    id: 'F35',
    fault: '100,000 frames and 20,000 HTTP requests at random',
    expected: 'each is answered once; no fault of the server’s own',
    tests: [
      ['walks/fuzz.test.ts', 'twenty thousand frames of all kinds are each answered once'],
      ['walks/fuzz.test.ts', 'two thousand requests of all kinds over HTTP are answered'],
    ],
    runs: ['fuzz'],
  },
  {
    id: 'F36',
    fault: 'rooms are guessed by name, `sync`, history, search',
    expected: 'one answer for absent and forbidden, after the same questions to the store',
    tests: [
      [
        'walks/search.test.ts',
        'a room that is not there and one that has no such name get one answer',
      ],
      ['web/pages.test.ts', 'is the same 404 for an absent and for a forbidden room'],
      ['walks/api-attacks.test.ts', 'a room that is none of the bot’s is one that is not there'],
      ['walks/satori.test.ts', 'a room that is none of its own is one that is not there'],
      ['walks/onebot11.test.ts', 'find no group and no message where it is no member'],
      ['walks/doors.test.ts', '%s tells nothing: an absent and a forbidden room'],
    ],
    runs: [],
  },
  {
    id: 'F37',
    fault: 'texts that are made to run something in a page',
    expected: 'nothing runs, nothing is loaded, nothing is made of them',
    tests: [
      ['browser/hostile.test.ts', 'whatever a text holds, it runs nothing'],
      ['browser/hostile.test.ts', 'nor in a card, a tool, a menu, a panel'],
      ['browser/hostile.test.ts', 'nor do hundreds at once in cards, a form, menus'],
      ['browser/hostile-server.test.ts', 'seven thousand at once do nothing'],
    ],
    runs: [],
  },
  {
    id: 'F38',
    fault: 'names that imitate others, or cannot be seen',
    expected: 'refused',
    tests: [
      ['people/name-rule.test.ts', '%j is %s'],
      ['attacks/names.test.ts', 'two hundred names that would be taken for others’ are refused'],
    ],
    runs: [],
  },
  {
    id: 'F39',
    fault: 'addresses in messages that lead into the host’s network',
    expected: 'nobody goes there',
    tests: [
      ['walks/onebot11.test.ts', 'that name addresses make links of them, and nobody goes there'],
      [
        'attacks/outbound.test.ts',
        'what anybody names in the room, or a bot of the host’s answers',
      ],
      ['attacks/outbound.test.ts', '%s that leads elsewhere is not followed'],
    ],
    runs: [],
  },
  {
    id: 'F40',
    fault: 'faults in the configuration',
    expected: 'no start; all are told at once with their place, never a value',
    tests: [
      ['config/faults.test.ts', 'all faults of all sources are told at once'],
      ['config/generated.test.ts', 'of 140 broken configurations all faults are told at once'],
      ['config/faults.test.ts', 'a config file that is named must be there'],
      ['config/faults.test.ts', 'a secret in a file that others may read is warned about once'],
    ],
    runs: [],
  },
  {
    id: 'storm',
    fault: '5,000 people of 100 rooms come back at once',
    expected: 'all resumed within 30 s; at most two questions a room to the store',
    tests: [['walks/resume.test.ts', 'a crowd that comes back at once asks the store for nothing']],
    runs: ['storm'],
  },
  {
    id: 'held load',
    fault: '5,000 people, 100 rooms, 200 lines a second, 10 minutes',
    expected: 'ack p99 100 ms, heard p99 250 ms, RSS 350 MB; nobody is cut',
    tests: [],
    runs: ['load'],
  },
  {
    id: 'big room',
    fault: '2,000 people in one room, 5 lines a second, 10 minutes',
    expected: 'heard p99 500 ms; nobody is cut',
    tests: [],
    runs: ['room'],
  },
  {
    id: 'peak',
    fault: '2,000 lines a second for a minute, then 20,000 at once',
    expected: 'all durable; what is too much is put off and comes later',
    tests: [],
    runs: ['peak'],
  },
  {
    id: 'soak',
    fault: '500 people who come, go and talk for 20 minutes',
    expected: 'less than 1 MiB more in 10 minutes; handles and files stay as many',
    tests: [],
    runs: ['soak'],
  },
  {
    id: 'order of events',
    fault: '10,000 schedules of broken lines, disk faults, jumps of the clock, crashes',
    expected: nothingLost,
    tests: [['simulation/simulation.test.ts', 'however what happens is interleaved']],
    runs: ['simulation'],
  },
]
