import { expect, test } from '@jest/globals'
import { maskedIni } from '../../src/config.js'
import { desk } from './desk.js'

test('what is printed shows no secret', () => {
  const secret = 'CANARY'.repeat(8)
  const host = desk(
    `[session]\nsecret[] = ${secret}\nsecret[] = ${secret}2\n[server]\nmetrics_token = ${secret}\n` +
      `[bot:b]\nuse = x\napi_key = ${secret}\ntoken = ${secret}\nurl = http://me:${secret}@127.0.0.1/\n`,
  )
  const printed = maskedIni(host.load().config)

  expect(printed).not.toContain('CANARY')
  expect(printed.match(/\*\*\*/g)).toHaveLength(6)
})

test('what is printed reads back as the same configuration', () => {
  const host = desk(
    '[server]\ntitle = "a # b; \\"c\\""\nplain = yes\n[rooms]\nnames = dev, ops\n[session]\nttl = 90s\n[bot:b]\nuse = x\nwords[] = a\nwords[] = b\n',
  )
  const first = host.load().config
  host.write('again.ini', maskedIni(first))
  const again = host.load({ flags: { config: ['again.ini'] } }).config

  expect(again).toMatchObject({ server: first.server, rooms: first.rooms, session: first.session })
  expect(again.plugins.map(({ settings }) => settings)).toEqual(
    first.plugins.map(({ settings }) => settings),
  )
})
