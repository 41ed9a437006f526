import { expect, test } from '@jest/globals'
import { addressed } from '../../../../src/plugins/builtin/offline/address.js'

test.each(['old-friend', 'C++ (bot)', 'a.b*c', '小小鸟|x', '[鸟]^$'])(
  'a bot may be called %j: its name is taken out as it stands',
  (name) => {
    const { said } = addressed([name])
    expect(said(`@${name} hello`)).toBe('hello')
    expect(said(`${name}, hello`)).toBe('hello')
  },
)
