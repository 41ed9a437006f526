import { readFileSync } from 'node:fs'

/** A block of code between fences: its language, the file that it is to be, and its text. */
export interface Block {
  lang: string
  file: string | undefined
  text: string
}

/** A heading of a document, and the code below it up to the next one. */
export interface Chapter {
  title: string
  blocks: Block[]
}

/** The chapters of a document that have code. */
export function chaptersOf(path: string): Chapter[] {
  const [, ...parts] = readFileSync(path, 'utf8').split(/^#{2,3} /m)
  return parts
    .map((part) => ({ title: part.split('\n', 1)[0] ?? '', blocks: blocksIn(part) }))
    .filter(({ blocks }) => blocks.length > 0)
}

const blocksIn = (text: string): Block[] =>
  [...text.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
    ([, lang = '', file, code = '']) => ({
      lang,
      file,
      text: code,
    }),
  )

/** The files of a chapter, by name. */
export const filesOf = ({ blocks }: Chapter): Record<string, string> =>
  Object.fromEntries(blocks.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text]])))

/** What is said in a chapter: `name: text`; `name: /expression/` for what is not always the same; `name: [id]` is a choice of a card. */
export interface Said {
  name: string
  text: string | RegExp
}

/** A configuration and what is said under it. */
export interface Scene {
  ini: string
  talk: Said[]
}

/** Each configuration of a chapter with the talk that follows it. */
export function scenesOf({ blocks }: Chapter): Scene[] {
  const scenes: Scene[] = []
  for (const { lang, text } of blocks) {
    if (lang === 'ini') scenes.push({ ini: text, talk: [] })
    if (lang === 'chat') scenes.at(-1)?.talk.push(...text.trim().split('\n').map(saidIn))
  }
  return scenes
}

function saidIn(line: string): Said {
  const [, name = '', text = ''] = /^([^:]+): (.*)$/.exec(line) ?? []
  const [, expression] = /^\/(.*)\/$/.exec(text) ?? []
  return { name, text: expression === undefined ? text : new RegExp(expression, 'u') }
}
