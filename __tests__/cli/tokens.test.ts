import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { inConsole } from './console.js'
import { folder } from './program.js'

test('without a server tokens are made, listed and ended, and the data holds none of them', async () => {
  const cwd = folder()
  const bot = (...words: string[]) =>
    inConsole(['bot', ...words, '--data', join(cwd, 'data')], { cwd })

  const made = await bot('token', 'ci', '--scopes', 'read', '--rooms', 'lobby', '--for', '90d')
  const [token = ''] = /crt_[\w-]{43}/.exec(made.stdout) ?? []
  expect(made.stdout).toContain(`curl -H 'Authorization: Bearer ${token}'`)
  const { stdout } = await bot('tokens')
  expect(stdout).toMatch(/^1 +read +lobby +never used +until .+ +ci$/m)
  for (const file of readdirSync(join(cwd, 'data')).filter((name) => name.includes('.db')))
    expect(readFileSync(join(cwd, 'data', file)).includes(token)).toBe(false)
  expect((await bot('revoke', '1')).stdout).toBe('Token 1 of ci opens nothing any more.')
})
