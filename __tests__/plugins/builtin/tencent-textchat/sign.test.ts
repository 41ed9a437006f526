import { expect, test } from '@jest/globals'
import { sign } from '../../../../src/plugins/builtin/tencent-textchat/sign.js'
import { appKey } from './fake.js'

const documented = {
  app_id: '10000',
  time_stamp: '1493449657',
  nonce_str: '20e3408a79',
  key1: '腾讯AI开放平台',
  key2: '示例仅供参考',
}

test('the example of the documentation has the signature that stands there', () => {
  expect(sign(documented, appKey)).toBe('BE918C28827E0783D1E5F8E6D7C37A61')
})

test('neither the order of the parameters, nor empty ones, nor an old signature matter', () => {
  const { app_id, ...rest } = documented
  const same = { sign: 'old', ...rest, app_id, session: '' }

  expect(sign(same, appKey)).toBe(sign(documented, appKey))
})

test('what encodeURIComponent leaves alone is written as PHP writes it', () => {
  // MD5 of question=hi%21+it%27s+%28ok%29+%2A+%7E+%E4%BD%A0+%E5%A5%BD&app_key=k
  expect(sign({ question: `hi! it's (ok) * ~ 你 好` }, 'k')).toBe(
    '575C799C78C05570DE195B637CEAAC30',
  )
})

test('another key is another signature', () => {
  expect(sign(documented, 'b')).not.toBe(sign(documented, appKey))
})
