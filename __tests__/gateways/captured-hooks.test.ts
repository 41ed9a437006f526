import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { lobby } from '../helpers/lobby.js'

const TOKEN = 'a-token-of-twenty-22-x'

/** What real programs sent to a hook, caught once; TOKEN stands for theirs. */
const request = z.object({
  from: z.string(),
  method: z.string(),
  path: z.string(),
  type: z.string(),
  body: z.string(),
})
const requests = readFileSync(new URL('captured/hooks.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => request.parse(JSON.parse(line)))

const sentBy = (sender: string) => requests.filter(({ from }) => from === sender)

const DISK = '🔴 **[\\[FIRING:1\\]  (磁盘将满 h1 page)](<http://vm:9193/#/alerts?receiver=all>)**'

test.each<[string, unknown[]]>([
  [
    '@slack/webhook',
    [
      'The tea is ready',
      '**Jenkins**\n**Deploy**\n**done** in 3 s',
      '🔴 **[Disk](<https://m.example/>)**\nfull\nhost: h1',
    ],
  ],
  [
    'Alertmanager',
    [
      expect.stringMatching(/^\*\*\\?\[FIRING:1[\s\S]*\/ 95% <b>/),
      `**Alertmanager**\n${DISK}`,
      '🔴 **告警** 磁盘将满 (page, h1)\n/ 95% <b>',
      `**Alertmanager**\n${DISK}\nsev: page`,
    ],
  ],
  [
    'curl',
    [
      'The tea is ready',
      '**Build 17** is [done](<https://ci.example/17>)',
      'legacy form',
      'a form of parts',
      '下班啦',
    ],
  ],
  [
    'discord.js',
    [
      '**hello** from discord.js',
      '**[Disk](<https://m.example/>)**\nfull\n**host**: h1\nfoot',
      '**Jenkins**\nbuilt',
      'the log\n[文件] build.log',
      'hello again', // put in its place
      '', // taken back
    ],
  ],
])('what %s sends is said as it was meant', async (sender, lines) => {
  const plugins = { 'bot:ci': { use: 'webhook-in', token: TOKEN } }
  const world = await lobby({ people: ['ada'], plugins })
  let id = ''
  for (const { method, path, type, body } of sentBy(sender)) {
    const answer = await world.get(
      path.replace('TOKEN', TOKEN).replace(/messages\/1$/, `messages/${id}`),
      {
        method,
        ...(body !== '' && { body, headers: { 'content-type': type } }),
      },
    )
    const said = await answer.text()
    expect([path, answer.ok, path.startsWith('/hooks') ? said : 'ok']).toEqual([path, true, 'ok'])
    if (path.includes('wait=true')) id = z.object({ id: z.string() }).parse(JSON.parse(said)).id
  }
  expect((await world.ada.hears()).map((line) => line.slice('ci: '.length))).toEqual(lines)
})
