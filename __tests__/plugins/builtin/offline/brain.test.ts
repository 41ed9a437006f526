import { expect, test } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBrain } from '../../../../src/plugins/builtin/offline/brain-files.js'
import { recall } from '../../../../src/plugins/builtin/offline/brain.js'
import { skillNames } from '../../../../src/plugins/builtin/offline/skills/skills.js'
import { reflect } from '../../../../src/plugins/builtin/offline/reflect.js'
import { readWords } from '../../../../src/plugins/builtin/offline/words.js'
import { aviary, parse } from './aviary.js'

const found = (rules: string, text: string) => {
  const recalled = recall(parse(rules), readWords(text.normalize('NFKC')), 'en')
  return recalled && [recalled.rule.topic, ...recalled.captured]
}

test('English is found as whole words, Chinese anywhere', () => {
  const rules = '[en]\n:greeting\n? hi | 你好\n- hello'

  expect(found(rules, 'Oh, HI!')).toEqual(['greeting'])
  expect(found(rules, '大家你好呀')).toEqual(['greeting'])
  for (const text of ['this is chilly', 'sushi', 'hill', 'hi5']) {
    expect(found(rules, text)).toBeUndefined()
  }
})

test('the longest pattern that fits is meant, and a whole message before all', () => {
  const rules = '[en]\n:short\n? like\n- a\n:long\n? i like *\n- b\n:whole\n? =like\n- c'

  expect(found(rules, 'people I like')).toEqual(['short'])
  expect(found(rules, 'I like tea')).toEqual(['long', 'tea'])
  expect(found(rules, 'like!')).toEqual(['whole'])
})

test('wildcards catch words as they were written, and need at least one', () => {
  const rules = '[en]\n:between\n? from * to *\n- x\n:before\n? * is best\n- y'

  expect(found(rules, 'from Paris, France to Rome')).toEqual(['between', 'Paris, France', 'Rome'])
  expect(found(rules, 'Earl Grey is best')).toEqual(['before', 'Earl Grey'])
  expect(found(rules, 'from to')).toBeUndefined()
})

test('a host’s file adds rules, goes before the built-in ones, and may replace what it says at a loss', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'brain-'))
  const file = join(folder, 'brain.txt')
  await writeFile(
    file,
    '\uFEFF? 食堂几点开门\r\n- 七点\r\n? 你好\r\n- 三班好\r\n[zh]\r\n:unknown\r\n- 问班长\r\n',
  )
  const { hears } = aviary({ brain: await readBrain([file], new Set(skillNames)) })

  expect(await hears('食堂几点开门？')).toBe('七点')
  expect(await hears('你好')).toBe('三班好')
  expect(await hears('量子力学')).toBe('问班长')
  await rm(folder, { recursive: true })
})

test('all faults of a brain file are told at once, with their lines', () => {
  const text = '- lost\n? *\n- x\n?  hi\n@tim\n-\n%\n? alone'

  expect(() => parse(text, 'mine.txt')).toThrow(
    /mine\.txt:1: [^]*mine\.txt:2: [^]*mine\.txt:5: [^]*tim[^]*mine\.txt:6: [^]*mine\.txt:7: [^]*mine\.txt:8: /,
  )
})

test('a file that is not there is named', async () => {
  await expect(readBrain(['/nowhere/brain.txt'], new Set())).rejects.toThrow('/nowhere/brain.txt')
})

test.each([
  ['zh', '我的猫不喜欢你', '你的猫不喜欢我'],
  ['zh', '我们和咱们', '你们和你们'],
  ['en', "I'm sad because you're mean to me", 'you are sad because I am mean to you'],
  ['en', 'you like my song', 'I like your song'],
  ['en', 'I was told you were there for you', 'you were told I was there for me'],
] as const)('%s: “%s” comes back as “%s”', (tongue, said, turned) => {
  expect(reflect(said, tongue)).toBe(turned)
})

test.each([
  ['Heeeello,   WORLD!!', 'hello world'],
  ["What's up?", 'whats up'],
  ['你 好，Ａｄａ', '你好ada'],
  ['你們好嗎', '你们好吗'],
  ['…', ''],
])('“%s” is read as “%s”', (written, text) => {
  expect(readWords(written.normalize('NFKC')).text).toBe(text)
})
