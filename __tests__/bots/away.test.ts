import { expect, test } from '@jest/globals'
import { awayOf } from '../../src/bots/away.js'

test.each([
  [[], { to: 'machine' }],
  [['http://127.0.0.1:11434/v1'], { to: 'machine' }],
  [['http://[::1]:8080/'], { to: 'machine' }],
  [['http://localhost:8080/'], { to: 'machine' }],
  [['192.168.1.7'], { to: 'network' }],
  [['http://10.0.0.2/v1'], { to: 'network' }],
  [['http://[fd00::1]/'], { to: 'network' }],
  [['http://[::ffff:192.168.1.7]/'], { to: 'network' }],
  [['http://gpu:8000/v1', 'http://box.lan/'], { to: 'network' }],
  [['http://host.docker.internal:11434/v1'], { to: 'network' }],
  [['https://api.DeepSeek.com/v1'], { to: 'internet', hosts: ['api.deepseek.com'] }],
  [
    ['https://user:pass@api.example.com:8443/x?key=1'],
    { to: 'internet', hosts: ['api.example.com'] },
  ],
  [
    ['http://127.0.0.1/', 'https://a.example', 'b.example', 'https://a.example/2'],
    { to: 'internet', hosts: ['a.example', 'b.example'] },
  ],
  [['http://93.184.216.34/'], { to: 'internet', hosts: ['93.184.216.34'] }],
  [['no address at all'], { to: 'network' }],
  [undefined, { to: 'unknown' }],
  [['http://127.0.0.1/', '?'], { to: 'unknown' }],
  [['https://a.example/', '?'], { to: 'internet', hosts: ['a.example'] }],
])('%j is told as %j', (leaves, away) => {
  expect(awayOf(leaves)).toEqual(away)
})
