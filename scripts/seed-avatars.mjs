import { createAvatar } from '@dicebear/core'
import * as lorelei from '@dicebear/lorelei'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { botFace, favicon, mascot } from './seed-bird.mjs'
import { sheet } from './seed-sheet.mjs'

/**
 * Writes the 27 faces and the bird. The drawings of the faces are "Lorelei" by Lisa Wischofsky (CC0 1.0).
 * @param {string[]} args A folder to write into; `static/` of this repository if there is none.
 */
export async function avatars([folder = fileURLToPath(new URL('../static', import.meta.url))]) {
  await mkdir(join(folder, 'avatars'), { recursive: true })
  const drawn = faces.map(draw)
  const files = {
    ...Object.fromEntries(drawn.map((svg, index) => [`avatars/${index}.svg`, svg])),
    'faces.svg': sheet(drawn),
    'avatars/bot.svg': botFace(),
    'bird.svg': mascot(),
    'favicon.svg': favicon(),
    'favicon-waiting.svg': favicon({ waiting: true }),
  }
  for (const [name, svg] of Object.entries(files)) await writeFile(join(folder, name), `${svg}\n`)
}

/** Pastel gradients; neighbours in a grid of any width up to nine differ. */
const papers = [
  ['ffdfe5', 'ffb9c8'],
  ['d3f4ec', '9be3d4'],
  ['fff2c4', 'ffdf8c'],
  ['e0e0ff', 'b9bafc'],
  ['ffe4cb', 'ffc796'],
  ['d2e9ff', '9fd0ff'],
  ['eddcff', 'd3b0ff'],
  ['dcf5d8', 'abe2a6'],
  ['ffdcf1', 'ffb0dd'],
]

const hairs = {
  black: '2a2533',
  espresso: '4a2f27',
  brown: '6d4530',
  chestnut: '8f5432',
  copper: 'c4622d',
  blond: 'dca64a',
  silver: 'b9b7c9',
  plum: '6f4593',
  teal: '2f7470',
  rose: 'c2577c',
  navy: '3b4f7e',
}

const skins = {
  porcelain: 'ffeade',
  peach: 'fedcc3',
  sand: 'f3c8a2',
  honey: 'dfa878',
  caramel: 'c08457',
  cocoa: '9a6340',
  umber: '7d4d33',
}

/**
 * Chosen one by one, by eye: hair, its colour, skin, eyes, eyebrows, mouth, and what else a face wears.
 * The place is the avatar's number, which people's records refer to: never reorder. What is to be seen of a face is told
 * to those who do not see it in src/i18n/faces.ts.
 */
const faces = [
  ['15', 'black', 'porcelain', '14', '05', '01', {}],
  ['05', 'espresso', 'cocoa', '16', '02', '05', {}],
  ['13', 'copper', 'peach', '19', '09', '03', { freckles: true }],
  ['08', 'brown', 'peach', '16', '05', '02', { glasses: '01' }],
  ['24', 'black', 'umber', '21', '09', '01', { earrings: '01' }],
  ['28', 'silver', 'sand', '16', '07', '02', { glasses: '03', beard: '01' }],
  ['35', 'chestnut', 'honey', '07', '05', '05', {}],
  ['04', 'navy', 'sand', '24', '02', '05', {}],
  ['26', 'black', 'peach', '16', '05', '01', {}],
  ['40', 'plum', 'porcelain', '16', '09', '02', {}],
  ['39', 'espresso', 'cocoa', '19', '05', '06', { beard: '02' }],
  ['48', 'blond', 'peach', '21', '05', '05', { flowers: true }],
  ['19', 'espresso', 'caramel', '24', '09', '03', { glasses: '04' }],
  ['07', 'black', 'sand', '19', '07', '05', {}],
  ['38', 'brown', 'honey', '14', '05', '02', { earrings: '02' }],
  ['20', 'copper', 'porcelain', '13', '08', '09', { freckles: true }],
  ['45', 'rose', 'peach', '04', '09', '01', {}],
  ['47', 'black', 'caramel', '16', '07', '05', { glasses: '03' }],
  ['32', 'silver', 'porcelain', '19', '05', '02', { glasses: '01' }],
  ['22', 'teal', 'sand', '16', '02', '06', {}],
  ['31', 'black', 'cocoa', '21', '09', '05', {}],
  ['03', 'blond', 'peach', '16', '05', '02', { beard: '01' }],
  ['42', 'teal', 'honey', '24', '05', '01', {}],
  ['37', 'chestnut', 'sand', '16', '10', '05', {}],
  ['44', 'black', 'cocoa', '21', '05', '02', { earrings: '02' }],
  ['36', 'rose', 'caramel', '19', '02', '05', { flowers: true }],
  ['12', 'brown', 'porcelain', '02', '05', '06', { glasses: '02' }],
]

function draw([hair, colour, skin, eyes, eyebrows, mouth, wears], index) {
  const svg = createAvatar(lorelei, {
    seed: String(index),
    size: 128,
    scale: 98,
    translateY: 5,
    backgroundColor: papers[(index * 4 + Math.floor(index / 9) * 2) % papers.length],
    backgroundType: ['gradientLinear'],
    backgroundRotation: [135],
    head: [`variant0${1 + (index % 4)}`],
    hair: [`variant${hair}`],
    hairColor: [hairs[colour]],
    skinColor: [skins[skin]],
    eyes: [`variant${eyes}`],
    eyebrows: [`variant${eyebrows}`],
    mouth: [`happy${mouth}`],
    ...worn('glasses', wears.glasses),
    ...worn('beard', wears.beard),
    ...worn('earrings', wears.earrings),
    ...worn('freckles', '01'),
    frecklesColor: [FRECKLES],
    hairAccessoriesProbability: wears.flowers ? 100 : 0,
    hairAccessories: ['flowers'],
    hairAccessoriesColor: ['ffffff'],
  }).toString()
  return warm(slim(svg), wears.freckles)
}

const worn = (part, variant = '') => ({
  [`${part}Probability`]: variant ? 100 : 0,
  ...(variant && { [part]: [`variant${variant}`] }),
})

/** Marks the place of the freckles in the drawing: cheeks go there. */
const FRECKLES = 'f0f0f1'

/** Blushing cheeks for everybody, freckles for some, and a soft ink instead of black. */
function warm(svg, freckles) {
  const cheeks =
    '<g fill="#ff5f7e" opacity=".26"><ellipse cx="412" cy="596" rx="50" ry="30"/><ellipse cx="664" cy="590" rx="32" ry="28"/></g>'
  return svg
    .replace(new RegExp(`<path d="[^"]*" fill="#${FRECKLES}"/>`), (path) =>
      freckles ? cheeks + path.replace(FRECKLES, 'b0603f') : cheeks,
    )
    .replaceAll(/fill="#000(?:000)?"/g, 'fill="#2b2336"')
}

/** Without the metadata and the mask, which cuts nothing from a square. */
const slim = (svg) =>
  svg
    .replace(/<metadata.*?<\/metadata>/s, '')
    .replace(/<mask.*?<\/mask><g mask="[^"]*">(.*)<\/g><\/svg>$/s, '$1</svg>')
    .replaceAll(/>\s+</g, '><')
