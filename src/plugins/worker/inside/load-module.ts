import { existsSync, readFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, isAbsolute, join, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import vm from 'node:vm'
import * as contract from '../../../plugin.js'
import { lineWith } from '../../module/line-with.js'
import { ModuleFault, ruleFault } from '../../module/module-fault.js'
import { withLine, withoutTypes } from './typescript.js'

/**
 * Node's own loader keeps what it has loaded for ever, and in Node 20 takes a `.js` file outside a package
 * for CommonJS and a `.ts` file for nothing. So a user's files are modules of our own making.
 */

/**
 * Loads a user's file anew, together with the files it imports by path; packages are loaded once.
 * @param text What it holds, if that is not what lies there now.
 * @throws {ModuleFault} with file and line, as far as there are any.
 */
export async function loadModule(file: string, text = read(file)): Promise<unknown> {
  forgetRequired(dirname(file))
  const files = new Files()
  const module = files.open(file, text)
  try {
    if (module.status === 'unlinked') await module.link(files.link)
  } catch (error) {
    throw named(error, module.identifier)
  }
  await module.evaluate()
  return module.namespace
}

/** The files of one loading: each is one module, however many import it. */
class Files {
  readonly #open = new Map<string, vm.Module>()

  readonly open = (file: string, text?: string): vm.Module => {
    const known = this.#open.get(file)
    if (known) return known
    const module = this.#make(file, text ?? read(file))
    this.#open.set(file, module)
    return module
  }

  readonly link = async (specifier: string, { identifier: from }: Importer): Promise<vm.Module> => {
    if (specifier === 'chat-room') return synthetic(specifier, contract)
    if (!isPath(specifier)) return packageModule(specifier, from)
    return this.open(besideFile(specifier, from))
  }

  #make(file: string, text: string): vm.Module {
    if (file.endsWith('.json')) return synthetic(file, { default: JSON.parse(text) })
    const code = /\.[cm]?ts$/.test(file) ? withoutTypes(text, file) : text
    const run = /\.m[jt]s$/.test(file) ? undefined : commonJs(code, file)
    return run ? synthetic(file, exportsOf(run)) : this.#ecmaScript(code, file)
  }

  #ecmaScript(code: string, file: string): vm.Module {
    try {
      return compiledOnce(
        () =>
          new vm.SourceTextModule(code, {
            identifier: file,
            initializeImportMeta(meta) {
              Object.assign(meta, {
                url: pathToFileURL(file).href,
                filename: file,
                dirname: dirname(file),
              })
            },
            // What it asks for while it runs is linked and evaluated in its own right.
            importModuleDynamically: async (specifier) => {
              const module = await this.link(specifier, { identifier: file })
              if (module.status === 'unlinked') await module.link(this.link)
              await module.evaluate()
              return module
            },
          }),
      )
    } catch (error) {
      throw withLine(error, code, file)
    }
  }
}

/**
 * V8 keeps what it has compiled in case the same text comes again, modules as long as their thread lives: a thousand
 * saves of a file would be a thousand texts and all that was made of them.
 */
function compiledOnce<Compiled>(compile: () => Compiled): Compiled {
  setFlagsFromString('--no-compilation-cache')
  try {
    return compile()
  } finally {
    setFlagsFromString('--compilation-cache')
  }
}

/** A module's text; some editors of Windows put a mark in front. @throws when it cannot be read. */
export const read = (file: string): string => readFileSync(file, 'utf8').replace(/^\uFEFF/, '')

type Importer = Pick<vm.Module, 'identifier'>

type Wrapper = (
  exports: unknown,
  require: (name: string) => unknown,
  module: { exports: unknown },
  filename: string,
  dirname: string,
) => void

/** A file as CommonJS; undefined for one that only makes sense as an ECMAScript module. */
function commonJs(code: string, file: string): (() => unknown) | undefined {
  try {
    const names = ['exports', 'require', 'module', '__filename', '__dirname']
    const wrapper = vm.compileFunction(code, names, { filename: file }) as Wrapper
    return () => {
      const module = { exports: {} as unknown }
      wrapper(module.exports, requireFrom(file), module, file, dirname(file))
      return module.exports
    }
  } catch {
    return undefined
  }
}

function requireFrom(file: string): (name: string) => unknown {
  const require = createRequire(file)
  return (name) => {
    if (name === 'chat-room') return contract
    try {
      return require(name) as unknown
    } catch (error) {
      const missing = isCode(error, 'MODULE_NOT_FOUND') && error.message.includes(`'${name}'`)
      throw missing ? notFound(name, file) : error
    }
  }
}

/** `module.exports` as a module has it: whole as its default, and each of its parts by name. */
function exportsOf(run: () => unknown): Record<string, unknown> {
  const exports = run()
  const parts = typeof exports === 'object' || typeof exports === 'function' ? exports : {}
  return { ...parts, default: exports }
}

function synthetic(identifier: string, exports: Readonly<Record<string, unknown>>): vm.Module {
  const names = Object.keys(exports)
  return new vm.SyntheticModule(
    names,
    function evaluate() {
      for (const name of names) this.setExport(name, exports[name])
    },
    { identifier },
  )
}

const packages = new Map<string, vm.Module>()

/** A package, or one of Node's own modules, as Node's loader finds it from a file. */
async function packageModule(specifier: string, from: string): Promise<vm.Module> {
  const key = isBuiltin(specifier) ? specifier : `${dirname(from)}\0${specifier}`
  const known = packages.get(key)
  if (known) return known
  try {
    const module = synthetic(specifier, { ...(await nativeFrom(from)(specifier)) })
    packages.set(key, module)
    return module
  } catch (error) {
    const missing =
      isCode(error, 'ERR_MODULE_NOT_FOUND') && error.message.includes(`'${specifier}'`)
    if (missing && LENT[specifier]) return synthetic(specifier, { ...(await LENT[specifier]()) })
    throw missing ? notFound(specifier, from) : error
  }
}

/** What the bots in the box stand on: a copy of one finds it where it is not installed. */
const LENT: Readonly<Record<string, () => Promise<object>>> = {
  'chrono-node': () => import('chrono-node'),
  confusables: () => import('confusables'),
}

/** Node's own `import`, as if it stood in this file. */
const nativeFrom = (filename: string) =>
  new vm.Script('(specifier) => import(specifier)', {
    filename,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }).runInThisContext() as (specifier: string) => Promise<Record<string, unknown>>

const isPath = (specifier: string): boolean =>
  /^\.{0,2}\//.test(specifier) || specifier.startsWith('file:') || isAbsolute(specifier)

/** The file that a path means; as TypeScript has it, `./x.js` may be `./x.ts`. */
function besideFile(specifier: string, from: string): string {
  const file = specifier.startsWith('file:')
    ? fileURLToPath(specifier)
    : resolve(dirname(from), specifier)
  const found = [file, file.replace(/\.([cm]?)js$/, '.$1ts')].find((path) => existsSync(path))
  if (found === undefined) {
    throw ruleFault('noImport', { path: specifier }, { file: from, ...lineOf(specifier, from) })
  }
  return found
}

const notFound = (name: string, from: string): ModuleFault =>
  ruleFault('noPackage', { name }, { file: from, ...lineOf(name, from) })

/** The line in which a file names what it imports. */
const lineOf = (specifier: string, file: string): { line?: number } =>
  lineWith([`'${specifier}'`, `"${specifier}"`], file)

/** What cannot be linked names the module that lacks something: the line is where that one is imported. */
function named(error: unknown, file: string): unknown {
  if (!(error instanceof SyntaxError)) return error
  const [, specifier] = /requested module '([^']+)'/.exec(error.message) ?? []
  if (specifier === undefined) return error
  const hint = specifier === 'chat-room' ? ' (a type is imported by "import type")' : ''
  return new ModuleFault({ message: error.message + hint, file, ...lineOf(specifier, file) })
}

/** So that files that CommonJS requires by path are read anew as well. */
function forgetRequired(folder: string): void {
  const { cache } = createRequire(import.meta.url)
  for (const path of Object.keys(cache)) {
    const own = path.startsWith(folder + sep) && !path.includes(join(sep, 'node_modules', sep))
    if (own) delete cache[path]
  }
}

const isCode = (error: unknown, code: string): error is Error =>
  error instanceof Error && 'code' in error && error.code === code
