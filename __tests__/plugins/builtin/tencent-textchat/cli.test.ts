import { afterEach, expect, test } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { openService } from '../../../../src/plugins/builtin/tencent-textchat/service.js'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill()
})

test('scripts/fake-textchat prints the section for config.ini, and what it is asked', async () => {
  const child = spawn('scripts/fake-textchat', ['--port', '0', '--app-id', '7', '--app-key', 'k'])
  children.push(child)
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const next = async (pattern: RegExp): Promise<string> => {
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      const [, found] = pattern.exec(line.value) ?? []
      if (found !== undefined) return found
    }
    throw new Error(`it ended without ${pattern}`)
  }

  const endpoint = await next(/^endpoint = (.+)$/)
  const ask = openService({ endpoint, appId: 7, appKey: 'k', timeout: 10_000 })
  const answer = await ask({ question: '你好', session: '1' }, new AbortController().signal)
  expect(await next(/^你好 → ret 0 (.+)$/)).toBe(answer)
})

test('scripts/fake-textchat refuses what it does not know, with its usage', async () => {
  const child = spawn('scripts/fake-textchat', ['--scenario', 'nothing'])
  children.push(child)
  let stderr = ''
  child.stderr.on('data', (data) => (stderr += String(data)))
  const code = await new Promise((resolve) => child.on('close', resolve))

  expect(code).toBe(64)
  expect(stderr).toMatch(/"nothing"[^]*--scenario/)
})
