import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { nearest } from '../config/nearest.js'
import { shown } from '../config/report.js'
import { askServer } from '../control/ask.js'
import { botNameOf, botsFolder, isBotFile } from '../dropin/bot-file.js'
import { Exit, StartError } from '../errors.js'
import { fill, texts, type Lang } from '../i18n/index.js'
import { shipped } from '../plugins/builtin/shipped.js'
import type { ActCommand } from './act.js'
import type { CommandContext, Given } from './command.js'
import { strayWords } from './stray-words.js'

/** Where this program is: its sources lie beside what is compiled. */
const home = fileURLToPath(new URL('../../', import.meta.url))

/** Writes the file of a new bot, and what an editor needs to know its types. */
export const botNew: ActCommand = {
  form: (lang) => ({
    help: fill(texts[lang].botTools.help.new, { shipped: shipped.join(', ') }),
    usage: `${texts[lang].botTools.words.name} [--from …]`,
    flags: { from: 'text' },
    faults: (given) => faultsIn(given, lang),
  }),

  async run(context) {
    const { cwd, given, lang, print } = context
    const { made, running, tryIt, needs, faults } = texts[lang].botTools
    const { name, ending } = wanted(given.words[0])
    const { folder, runs } = await placeOf(context)
    const files = await filesOf({ name, ending }, given.flags['from'], lang)
    const there = await readdir(folder).catch((): string[] => [])
    const taken = there.find((file) => isBotFile(file) && botNameOf(file) === name)
    if (taken !== undefined) {
      throw new StartError([fill(faults.taken, { file: `bots/${taken}` })], Exit.failure)
    }
    await mkdir(folder, { recursive: true })
    if (!there.includes('tsconfig.json')) await write(folder, 'tsconfig.json', editorTypes())
    for (const [file, text] of Object.entries(files)) await write(folder, file, text)

    const file = shownFrom(cwd, join(folder, Object.keys(files).at(-1) ?? ''))
    const wantsSettings = Object.values(files).some((text) => /required: true/.test(text))
    const next = wantsSettings ? needs : runs ? running + tryIt : tryIt
    const typed = /\s/.test(file) ? `"${file}"` : file
    print(fill(made, { file, next: fill(next, { file: typed, name }) }))
    return Exit.ok
  },
}

const place = z.object({ result: z.object({ folder: z.string() }) })

/**
 * Where the running server looks for bots. Where none runs that is known, beside the `config.ini` of the working folder if
 * it has one: that is what `npm start` reads.
 */
async function placeOf({
  config,
  cwd,
  lang,
}: CommandContext): Promise<{ folder: string; runs: boolean }> {
  const { file, server } = config
  const answered = await askServer(server.data, { act: 'bot list', args: {}, lang })
  const running = place.safeParse(answered).data?.result.folder
  if (running !== undefined) return { folder: running, runs: true }
  const near = join(cwd, 'config.ini')
  const folder = botsFolder(file ?? (existsSync(near) ? near : undefined), server.data)
  return { folder, runs: false }
}

/** A file that is there already is what its writer wants. */
const write = (folder: string, file: string, text: string): Promise<void> =>
  existsSync(join(folder, file)) ? Promise.resolve() : writeFile(join(folder, file), text)

const shownFrom = (from: string, path: string): string =>
  relative(from, path).startsWith('..') ? path : relative(from, path)

function faultsIn({ words, flags }: Given, lang: Lang): string[] {
  const { faults, words: names } = texts[lang].botTools
  const [name, ...more] = words
  const from = flags['from']
  return [
    ...(name === undefined ? [fill(faults.missing, { word: names.name })] : []),
    ...(name !== undefined && !isName(wanted(name).name)
      ? [fill(faults.badName, { name: shown(name) })]
      : []),
    ...(from !== undefined && !isShipped(from)
      ? [
          fill(faults.unknownShipped, {
            name: shown(from),
            nearest: nearest(from, shipped),
            shipped: shipped.join(', '),
          }),
        ]
      : []),
    ...strayWords('bot new', more, lang),
  ]
}

const isName = (name: string): boolean => isBotFile(`${name}.js`) && !/[\\/]/.test(name)
const isShipped = (name: string): boolean => shipped.some((one) => one === name)

interface Wanted {
  name: string
  ending: '.js' | '.ts'
}

/** `robin` is `robin.js`; `robin.ts` is TypeScript. */
function wanted(word = ''): Wanted {
  const [, name, ending] = /^(.*?)\.([jt]s)$/.exec(word) ?? []
  return { name: name ?? word, ending: ending === 'ts' ? '.ts' : '.js' }
}

/** The files of a new bot by name, its own last. */
async function filesOf(
  { name, ending }: Wanted,
  from: string | undefined,
  lang: Lang,
): Promise<Record<string, string>> {
  if (from === undefined) return { [name + ending]: template({ name, ending }, lang) }
  const folder = join(home, 'src/plugins/builtin', from)
  const files: Record<string, string> = {}
  const own = (file: string) => `_${file}`
  for (const file of (await readdir(folder)).toSorted()) {
    const text = (await readFile(join(folder, file), 'utf8'))
      .replaceAll("'../../../plugin.js'", "'chat-room'")
      .replaceAll(/from '\.\/([\w-]+)\.js'/g, (_, base: string) => `from './${own(base)}.ts'`)
    if (file !== 'index.ts') files[own(file)] = text
    else files[`${name}.ts`] = text
  }
  const main = files[`${name}.ts`] ?? ''
  delete files[`${name}.ts`]
  return { ...files, [`${name}.ts`]: main }
}

function template({ name, ending }: Wanted, lang: Lang): string {
  const { wakes, answers, hello, help } = texts[lang].botTools.template
  const isWord = /^[\p{L}\p{N}_-]{1,32}$/u.test(name)
  const command = isWord ? `, command: { name: '${name.toLowerCase()}', help: '${help}' }` : ''
  const triggers = `{ mention: true${command} }`
  const body = `async (ctx, next) => {
  await next()
  await ctx.reply(\`${hello}\`)
}`
  if (ending === '.js') {
    return `/** ${wakes} @type {import('chat-room').Triggers} */
export const triggers = ${triggers}

/** ${answers} @type {import('chat-room').Bot} */
export default ${body}
`
  }
  return `import type { Bot, Triggers } from 'chat-room'

/** ${wakes} */
export const triggers: Triggers = ${triggers}

/** ${answers} */
const bot: Bot = ${body}
export default bot
`
}

/** The folder of a package that the server has. */
const packageAt = (name: string): string =>
  fileURLToPath(import.meta.resolve(name))
    .split(sep)
    .join('/')
    .replace(new RegExp(`(/${name})/.*`), '$1')

/** What Node has, where the server was installed with what it is built with. */
const NODE_TYPES = 'node_modules/@types/node'

/** So that an editor knows what a bot may do, without anything being installed or built. */
function editorTypes(): string {
  const path = (file: string) => [join(home, file).split(sep).join('/')]
  const options = {
    target: 'es2023',
    module: 'esnext',
    moduleResolution: 'bundler',
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: true,
    noImplicitAny: false, // JavaScript cannot say the types of its own functions without a comment at each
    skipLibCheck: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    ...(existsSync(join(home, NODE_TYPES)) && { types: path(NODE_TYPES) }),
    paths: {
      'chat-room': path('src/plugin.ts'),
      'chat-room/testing': path('dist/testing/testing.d.ts'),
      'chrono-node': [packageAt('chrono-node')],
      confusables: [packageAt('confusables')],
    },
  }
  return `${JSON.stringify({ compilerOptions: options }, null, 2)}\n`
}
