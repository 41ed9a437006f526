import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Newer ones are boxes on telephones and computers that people still use. */
const NEWEST = 14
/** emojibase's group of skin tones and hair: parts, not emoji. */
const PARTS = 2

const languages = { 'zh-CN': 'zh', en: 'en' }

/**
 * Writes what the emoji picker shows, a file a language: each emoji with its name, the words that find it, its
 * shortcodes (GitHub's) and the number of its group. Made from the package emojibase-data (MIT), which is too large to
 * be installed with the rest:
 * `npm pack emojibase-data@17.0.0 && tar xzf emojibase-data-17.0.0.tgz && scripts/seed emoji package`.
 * @param {string[]} args The unpacked package, and a folder to write into; `static/js/emoji` of this repository if
 *   there is none.
 */
export async function emoji([
  from,
  folder = fileURLToPath(new URL('../static/js/emoji', import.meta.url)),
]) {
  if (!from) throw new RangeError('which package holds the lists?')
  const read = async (/** @type {string} */ name) =>
    JSON.parse(await readFile(join(from, `${name}.json`), 'utf8'))
  const codes = await read('en/shortcodes/github')

  await mkdir(folder, { recursive: true })
  for (const [lang, name] of Object.entries(languages)) {
    const shown = (await read(`${name}/data`)).filter(isShown).toSorted((a, b) => a.order - b.order)
    const rows = shown.map((one) => JSON.stringify(row(one, codes)))
    await writeFile(join(folder, `${lang}.json`), `[\n${rows.join(',\n')}\n]\n`)
  }
}

const isShown = ({ group, version }) => group !== undefined && group !== PARTS && version <= NEWEST

/** Not every emoji has a shortcode. */
const row = ({ emoji, label, tags = [], hexcode, group }, codes) => [
  fully(emoji),
  label,
  tags.join(' '),
  [codes[hexcode] ?? []].flat().join(' '),
  group < PARTS ? group : group - 1,
]

/** As Unicode recommends it for exchange (RGI, UTS #51): emojibase marks some as coloured that are so by themselves. */
const fully = (emoji) => (/^\p{RGI_Emoji}$/v.test(emoji) ? emoji : emoji.replace(/\uFE0F$/, ''))
