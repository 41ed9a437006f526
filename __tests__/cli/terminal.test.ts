import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { besideOf, inConsole } from './console.js'

/** Clears a screen, turns the direction of writing, begins a line: by characters that no rule for texts forbids. */
const COMMANDS = '\u009b2J\u202e\u0085\u007f'
const UNSAFE = /[^\P{C}\n\t]/u

test('what people wrote is no command to the terminal of who lists it, and is whole for a program', async () => {
  const world = await lobby({ people: ['ada'] })
  const { ada } = world
  const made = await ada.request({ type: 'make', title: `evil${COMMANDS}`, topic: COMMANDS })
  const { room = '' } = made
  await ada.join(room)
  const { seq: message = 1 } = await ada.says(`evil${COMMANDS}`, { room })
  await ada.request({ type: 'report', room, message, data: `\u001b[2Jevil${COMMANDS}` })

  const told: Record<string, unknown> = {}
  for (const list of ['room', 'report', 'bot', 'user']) {
    const words = besideOf(world, [list, 'list'])
    const { stdout } = await inConsole(words)
    const { stdout: json } = await inConsole([...words, '--json'])
    expect([list, stdout, json]).not.toContainEqual(expect.stringMatching(UNSAFE))
    told[list] = JSON.parse(json)
  }
  expect(told).toMatchObject({
    room: { rooms: expect.arrayContaining([expect.objectContaining({ title: made.title })]) },
    report: { reports: [{ data: `\u001b[2Jevil${COMMANDS}` }] },
  })
  expect(made.title).toContain('\u009b') // else it could not have been one
})
