import { expect, test } from '@jest/globals'
import { join } from 'node:path'
import { maskedIni } from '../../src/config.js'
import { desk } from './desk.js'

/** `[mcp:NAME]`: servers of tools. */

const BOT = '[bot:b]\nuse = openai\nbase_url = http://127.0.0.1:1/v1\nmodel = m\n'

test('a program, and an address with a key from the environment', () => {
  const host = desk(
    `${BOT}mcp = files, 维基\n\n[mcp:files]\ncommand = ./files.mjs\nargs = -y  --root /srv\nenv[] = KEY=a=b,c\ntools = read, list\n` +
      '\n[mcp:维基]\nurl = https://wiki.example/mcp\nheaders[] = Authorization: Bearer ${TOKEN}\ntools = *\ntimeout = 3s\n',
  )
  const { config, warnings } = host.load({ env: { TOKEN: 'CANARY' } })
  const none = { command: '', args: [], env: {}, url: '', headers: {}, cwd: host.folder }
  expect(config.toolServers).toEqual([
    {
      ...none,
      name: 'files',
      command: join(host.folder, 'files.mjs'),
      args: ['-y', '--root', '/srv'],
      env: { KEY: 'a=b,c' },
      tools: ['read', 'list'],
      timeout: 10_000,
    },
    {
      ...none,
      name: '维基',
      url: 'https://wiki.example/mcp',
      headers: { Authorization: 'Bearer CANARY' },
      tools: ['*'],
      timeout: 3_000,
    },
  ])
  expect(warnings).toEqual([])
})

test('all that is wrong is told at once', () => {
  const host = desk(
    `${BOT}mcp = wikki\n[mcp:wiki]\ncommand = x\nurl = http://a/\n[mcp:b]\nurl = ftp://a/\nargs = x\ntools = *\ntimout = 1s\n` +
      '[mcp:c]\nurl = https://me:pw@a/\nheaders[] = none\ntools = *\ntimeout = soon\n[mcp:d]\ncommand = x\nenv[] = 1\nheaders[] = A: b\ntools = *\n[mcp]\n',
  )
  expect(host.refusal().map((fault) => fault.slice('config.ini:'.length))).toEqual([
    '5: [bot:b] mcp: there is no [mcp:wikki]; the nearest one is [mcp:wiki]. Please correct the name or add the section.',
    '6: [mcp:wiki] needs one of command (a program on this machine) and url (an address), and not both.',
    '6: [mcp:wiki] lacks tools, the names of the tools that may be used: tools[] = NAME on each line, or tools = * for all of them.',
    '10: [mcp:b] url must start with http:// or https://, not "ftp://a/".',
    '11: [mcp:b] args belongs to command. Please remove it.',
    '13: [mcp:b] has no key timout; the nearest known one is timeout.',
    '15: [mcp:c] url may hold no user and password. Put the key into headers[] = Authorization: Bearer ${TOKEN}.',
    '16: [mcp:c] headers must read Name: value, such as Authorization: Bearer ${TOKEN}.',
    '18: [mcp:c] timeout must be a time such as 500ms, 10s, 2m, 12h or 30d, not "soon".',
    '21: [mcp:d] env must read NAME=value, such as API_KEY=${API_KEY}.',
    '22: [mcp:d] headers belongs to url. Please remove it.',
    '24: [mcp] lacks a name. Please write [plugin:NAME], [bot:NAME] or [mcp:NAME].',
  ])
})

test('what it holds is a secret, and what nobody uses is told', () => {
  const host = desk()
  host.write('config.ini', '[mcp:a]\ncommand = x\nenv[] = KEY=CANARY\ntools = *\n', 0o644)
  const { config, warnings } = host.load({ flags: { config: ['config.ini'] } })
  expect(maskedIni(config)).toContain('env[] = KEY=***')
  expect(maskedIni(config)).not.toContain('CANARY')
  expect(warnings).toEqual([
    expect.stringContaining('holds a secret'),
    '[mcp:a] is used by no bot. Add mcp[] = a to the section of a bot with use = openai.',
  ])
})
