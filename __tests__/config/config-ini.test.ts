import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { defaultOf } from '../../src/commands/flags.js'
import { loadConfig } from '../../src/config.js'
import { scanIni } from '../../src/config/scan.js'
import { rows } from '../../src/options.js'

const ini = readFileSync('config.ini', 'utf8')

test('config.ini documents every key once, with its default', () => {
  const { sections, slips } = scanIni(ini.replace(/^; /gm, ''))
  const documented = sections
    .filter(({ name }) => !/^(?:plugin|bot|mcp):/.test(name))
    .flatMap(({ name, entries }) => entries.map(({ key, value }) => `[${name}] ${key} = ${value}`))
  const known = rows.map(({ section, key, option }) => `[${section}] ${key} = ${defaultOf(option)}`)

  expect(slips).toEqual([])
  expect(documented.toSorted()).toEqual(known.toSorted())
})

test('config.ini explains every key in Chinese and in English, in the words of --help', () => {
  for (const { option } of rows) {
    expect(ini).toContain(`# ${option.help['zh-CN']}`)
    expect(ini).toContain(`# ${option.help.en}`)
  }
})

test('with config.ini the program runs as without', () => {
  const sources = { env: {}, cwd: process.cwd() }
  const { config: documented, warnings } = loadConfig({
    ...sources,
    flags: { config: ['config.ini'] },
  })
  const { config: bare } = loadConfig(sources)
  const sections = ({ plugins }: typeof bare) =>
    plugins.map(({ kind, name, use, settings }) => ({ kind, name, use, settings: { ...settings } }))

  expect({ ...documented, file: 0, plugins: sections(documented) }).toEqual({
    ...bare,
    file: 0,
    plugins: sections(bare),
  })
  expect(warnings).toEqual([])
})
