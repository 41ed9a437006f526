import type { Texts } from '../zh-CN.js'

/** Bots as files: what becomes of them, said to the host on the console. In English. */
export const dropInEn: Texts['dropIn'] = {
  came: '{file}: the bot {name} is here.',
  cameWith: '{file}: the bot {name} is here, with {commands}.',
  taken:
    '{file}: {commands} never reaches the bot {name}, since the server answers it itself. Please give the command another name.',
  changed: '{file}: the bot {name} is now as you have just saved it.',
  went: '{file} is gone: the bot {name} has left.',
  notLoaded: '{reason}. This bot did not come; mend it and save it again.',
  notReloaded: '{reason}. The bot {name} stays as it was; mend it and save it again.',
  namedInConfig:
    '{file} is gone, but [{section}] in the configuration file uses it: the bot stays as it was, and will be missed at the next start.',
  second:
    '{file}: there is a bot called {name} already ({other}). Please give this file another name, or delete one of the two.',
  needsSection:
    '{file}: {faults} Settings of a bot stand in the configuration file: add a section [bot:{name}] with use = ./{file}',
  ends: {
    exit: 'it ended by itself, with code {code}',
    silent: 'it did not answer for {ms} ms',
    outside: 'it took more than {mb} MB beside its heap',
    heap: 'it used up its memory',
    uncaught: 'an error that nobody caught: {what}',
    closes: 'the server closes',
  },
  trouble: {
    ended:
      '{files}: {names} ended its worker ({reason}). It was started again; please mend it, or delete the file.',
    endedAmong:
      "The plugins' worker ended ({reason}) while these were at work: {names}. From now on each of them has a worker of its own: the next time it is known whose it was, and the others are spared.",
  },
  names: {
    rule: '{file}: a bot is named after its file. {rule}',
    reserved:
      '{file}: the name "{name}" means something else here, so no bot may have it. Please give the file another name',
    bot: '{file}: the name "{name}" looks like that of another bot. Please give the file another name',
    person:
      '{file}: the name "{name}" looks like that of a person here, and a bot may not pass for one. Please give the file another name',
  },
  reasons: {
    noDefault:
      'its default export is missing. Write export default (ctx, next) => { … }, or export { name, api: 1, setup(host, config) { … } }',
    wrongApi: 'it is made for api {api}, and this server has 1. Write api: 1',
    badConfig: 'its config must be an object such as { key: { type, help } }',
    badField:
      'the key "{key}" of its config is wrong: its type must be one of {types}, and an enum needs values: […]',
    badCommand: '"/{name}" cannot be a command: a command has 1 to 32 letters, digits, _ or -',
    badTriggers: 'its triggers must be an object, in which there may be {keys}',
    unknownTrigger: 'its triggers have "{key}", which is none of {keys}',
    notTriggers: 'it exports "{key}"; what wakes a bot is called triggers',
    badFlag: 'the trigger "{key}" must be true or false',
    badChance: 'the trigger "{key}" is a number from 0 to 1; 0.05 is one line in twenty',
    badTimer:
      'the trigger "{key}" is a time such as 10s, 5m or 1h: ten seconds at least, 24 days at most',
    badKeyword: 'the trigger "{key}" is a word or a list of words, and none of them empty',
    badRegex: 'the trigger "{key}" is a regular expression such as /dice/, or a list of them',
    slowRegex:
      'the trigger "{key}" {regex} may take for ever: there is a repetition within a repetition. Please make it simpler, or write all: true and look at the text in your code',
    unsupported: '{what}. Types are only taken out here; what remains must be plain JavaScript',
    noPackage:
      'the package {name} is not installed. In the folder of the configuration file run: npm i {name}',
    noEnd:
      'it was not ready after {seconds} s. Its outermost code or its setup waits for something; what takes long should go on by itself, without await',
    endsWorker: 'it ended its worker while it was loaded ({reason})',
    syntax: 'SyntaxError: {what}',
    noImport: 'it imports {path}, and there is no such file. Please check the path',
  },
}
