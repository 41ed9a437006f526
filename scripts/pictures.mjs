import { parseArgs } from 'node:util'
import { answers } from './page-pictures/answers.mjs'
import { dropped } from './page-pictures/bots.mjs'
import { front } from './page-pictures/front.mjs'
import { panels } from './page-pictures/panels.mjs'
import { places } from './page-pictures/places.mjs'
import { asks, readme } from './page-pictures/readme.mjs'
import { openStudio } from './page-pictures/studio.mjs'
import { talking } from './page-pictures/talk.mjs'
import { unseen } from './page-pictures/unseen.mjs'

const usage = `Takes a picture of every page and state, with the built server and its data in a temporary folder. Also tells
what axe finds and what the browser complains about; exit code 1 if anything. Those of the docs want Debian's fonts-inter.

  npm run pictures                       all of them, into the folder pictures
  npm run pictures -- --only room        those whose story begins so
  npm run pictures -- --out folder       into another folder
  npm run pictures -- --readme           those that the README and the docs show
`

try {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      out: { type: 'string', default: 'pictures' },
      readme: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) process.stdout.write(usage)
  else await take(values)
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
}

async function take({ readme: shown, only, out }) {
  const faults = shown ? await forDocs(out) : await tellAll({ out, only }, everything)
  console.log(
    faults.length > 0 ? faults.join('\n') : 'axe and the browser found nothing to complain about',
  )
  process.exitCode = faults.length > 0 ? 1 : 0
}

/** A README shows a house where everybody speaks its language. */
async function forDocs(out) {
  const faults = await tellAll({ out }, (studio) => ({
    broken: () => dropped(studio).broken(true),
  }))
  for (const lang of ['zh-CN', 'en']) {
    const house = { out, lang, more: asks(lang) }
    faults.push(...(await tellAll(house, (studio) => ({ readme: () => readme(studio, lang) }))))
  }
  return faults
}

function everything(studio) {
  const parts = [front, talking, panels, answers, places, unseen, dropped]
  return Object.assign({}, ...parts.map((part) => part(studio)))
}

/** @returns What is wrong with the pictures that were taken in one house. */
async function tellAll({ only = '', ...house }, storiesOf) {
  const studio = await openStudio(house)
  try {
    for (const [name, story] of Object.entries(storiesOf(studio))) {
      if (!name.startsWith(only)) continue
      await story().catch((error) => studio.broken(name, error))
      console.log(name)
    }
    return studio.faults
  } finally {
    await studio.close()
  }
}
