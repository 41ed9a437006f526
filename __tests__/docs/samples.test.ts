import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Exit } from '../../src/errors.js'
import { rows } from '../../src/options.js'
import { inConsole } from '../cli/console.js'
import { folder } from '../cli/program.js'

/** What hosts copy: it must name words, files and codes that are there. The proxies' samples: walks/proxies.test.ts. */

const sample = (name: string) => readFileSync(join('docs/samples', name), 'utf8')

/** Does what a unit would have the program do, in a folder of the test's. @param act In the place of serving. */
function started(unit: string, act: readonly string[]) {
  const cwd = folder()
  writeFileSync(join(cwd, 'config.ini'), '[server]\ntitle = Ours\n')
  const [, words = ''] = /^ExecStart=.*\/dist\/cli\.js (.*)$/m.exec(sample(unit)) ?? []
  const own = words
    .replace('/etc/chat-room/config.ini', join(cwd, 'config.ini'))
    .replace('/var/lib/chat-room', join(cwd, 'data'))
  return inConsole([...act, ...own.split(' ')], { cwd })
}

test('the units start the program with words that it knows, and know how it ends', async () => {
  const served = await started('chat-room.service', ['print-config'])
  expect(served).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('title = Ours') }) // prettier-ignore
  const backed = await started('chat-room-backup.service', [])
  expect([backed.code, backed.stderr]).toEqual([Exit.config, expect.stringContaining('nothing to back up')]) // prettier-ignore

  const unit = sample('chat-room.service')
  expect(unit).toContain(`\nRestartPreventExitStatus=${Exit.usage} ${Exit.config}\n`)
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(30)
})

test('the image has what the program reads, and sets what it knows', () => {
  const lines = readFileSync('Dockerfile', 'utf8')
  const copied = [...lines.matchAll(/^COPY --from=build \/app\/(\S+) /gm)].map(
    ([, file = '']) => file,
  )
  expect(copied).toEqual(expect.arrayContaining(['package.json', 'node_modules', 'dist', 'src', 'static', 'templates'])) // prettier-ignore
  const [, program = ''] = /^CMD \[.*"([^"]+)"\]$/m.exec(lines) ?? []
  for (const file of [...copied, program]) expect([file, existsSync(file)]).toEqual([file, true])
  const set = [...lines.matchAll(/CHAT_ROOM_\w+/g)].map(([name]) => name)
  const known = new Set([...rows.map(({ variable }) => variable), 'CHAT_ROOM_CONFIG'])
  expect(set.filter((name) => !known.has(name))).toEqual([])
  const left = readFileSync('.dockerignore', 'utf8').split('\n')
  expect(copied.filter((file) => file !== 'node_modules' && file !== 'dist' && left.includes(file))).toEqual([]) // prettier-ignore
})
