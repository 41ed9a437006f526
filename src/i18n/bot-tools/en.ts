import type { Texts } from '../zh-CN.js'

/** `chat-room bot …`, for who writes bots. In English. */
export const botToolsEn: Texts['botTools'] = {
  help: {
    new: 'Begin a new bot in bots/; --from copies one that comes with the server ({shipped})',
    list: 'List the bots: how they hear, their commands, how often they answered',
    logs: 'Show the last lines of the log about a bot',
    test: 'Rehearse: simulated people talk to the bot; the exit code is not 0 if something is wrong',
  },
  words: { name: 'NAME', file: 'FILE', talk: '[TALK.txt]' },
  faults: {
    missing: '{word} is missing.',
    badName:
      'A bot cannot be called "{name}": it is the name of a file, without / and \\, and does not begin with . or _.',
    taken: '{file} is there already. Please choose another name, or delete it first.',
    unknownShipped:
      'No bot "{name}" comes with the server; the nearest one is {nearest}. There are: {shipped}.',
    noFile: 'There is no file {file}.',
    noServer: 'The server is not running, so there is no log to show.',
  },
  made: '{file} is written. {next}',
  running: 'The server is running: the bot comes in a moment. ',
  tryIt: 'Try it: {program} bot test {file}',
  needs:
    'It wants settings before it comes: add a section [bot:{name}] to the configuration file, with use = ./{file}',
  noBots: 'There are no bots. Write one with {program} bot new NAME.',
  missing: 'not here: {name}',
  noLogs: 'There is nothing about {name} in the log yet.',
  notRunning: 'The server is not running; these bots will come:',
  states: { ready: 'ready', busy: 'busy', resting: 'resting', off: 'off' },
  counts: 'answered {answered}, failed {failed}',
  template: {
    wakes:
      'What wakes it: its name, or its command. There are keyword, regex, all, join, timer, too.',
    answers: 'How it answers.',
    hello: 'Hello, ${ctx.user.name}!',
    help: 'Say hello',
  },
  test: {
    comes: '({name} comes in)',
    leaves: '({name} leaves)',
    alone: 'to {name} alone',
    edited: 'edited',
    timed: 'by its timer',
    refused: 'the answer of {name} does not count: {text}',
    rejected: 'not sent: {text}',
    loop: 'loop: {text}',
    error: 'error: {text}',
    log: 'log: {text}',
    missed: 'line {line}: {name} did not say {text}',
    wrong: 'line {line} means nothing here: {text}',
    answered: 'Answers: {answers}, the slowest took {slowest} ms.',
    silent: 'No answers.',
    byTimer: 'By a timer: {timed}.',
    fine: 'Nothing went wrong.',
    faulty: 'Faults: {faults}.',
  },
}
