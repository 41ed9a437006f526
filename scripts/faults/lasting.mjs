import { Program } from '../program.mjs'
import { Talkers } from './talkers.mjs'

/** As big as it grows with work: between two looks at it more is said than a room keeps at hand. */
const NURSERY = '--min-semi-space-size=16'

/** Lines that leave at once; fewer than a room may have wait for their commit. */
const AT_ONCE = 500

/**
 * Has people talk, and looks how much of it V8 takes for what lasts. A line that is stored and heard is garbage; if it
 * gets into the old generation all the same, V8 has to mark all that is alive every few seconds.
 * @param {{ lines: number }} options
 * @returns {Promise<number>} bytes of the old generation a line.
 */
export async function lastingRun({ lines }) {
  const program = await Program.prepare({ metered: true, node: [NURSERY] })
  let talkers
  const talk = async () => {
    for (let said = 0; said < lines; said += AT_ONCE) await talkers.sayAtOnce(AT_ONCE)
  }
  try {
    await program.start({ within: 60_000 })
    talkers = await Talkers.enter(program.url, 10)
    await talk() // what is compiled with the first of them lasts
    await program.memory() // what is alive at a look at all of it is old from then on
    const before = await program.oldGeneration()
    await talk()
    return ((await program.oldGeneration()) - before) / lines
  } finally {
    talkers?.close()
    await program.remove()
  }
}
