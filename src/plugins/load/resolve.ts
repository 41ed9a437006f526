import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Section } from '../../config/sections.js'
import { SectionFault, type FaultPlace } from './fault.js'

/** Where a section's plugin is. */
export type Found = { builtin: string } | { file: string; url: string }

export interface ResolveOptions extends FaultPlace {
  builtins: readonly string[]
  /** Paths and packages are looked for from here when there is no config file. */
  dataDir: string
}

/**
 * Finds what a section's `use` means: a built-in, a file, or an npm package beside the configuration.
 * @throws {SectionFault}
 */
export function resolvePlugin(section: Section, options: ResolveOptions): Found {
  const { use } = section
  if (options.builtins.includes(use)) return { builtin: use }
  const folder = options.configFile ? dirname(options.configFile) : options.dataDir
  const file = isPath(use) ? ownFile(section, folder, options) : packageFile(use, folder)
  if (file !== undefined) return { file, url: pathToFileURL(file).href }
  throw new SectionFault('notFound', section, options, {
    builtins: options.builtins.join(', '),
    package: packageName(use),
  })
}

/** A file whose types must be taken out before it can run. */
export const isTypeScript = (file: string): boolean => /\.[cm]?ts$/.test(file)

const isPath = (use: string): boolean => isAbsolute(use) || /^\.\.?[\\/]/.test(use)

function ownFile(section: Section, folder: string, place: FaultPlace): string {
  const path = resolve(folder, section.use)
  if (!existsSync(path)) throw new SectionFault('noFile', section, place, { path })
  return path
}

const packageName = (use: string): string =>
  use.startsWith('@') || use.startsWith('chat-room-plugin-') ? use : `chat-room-plugin-${use}`

/** The file that an `import` of the package would load. */
function packageFile(use: string, folder: string): string | undefined {
  const name = packageName(use)
  if (!/^(?:@[\w.-]+\/)?[\w.-]+$/.test(name)) return undefined
  const require = createRequire(join(folder, 'config.ini'))
  try {
    return require.resolve(name)
  } catch {
    return importOnly(name, require.resolve.paths(name) ?? [])
  }
}

/** `require.resolve` does not see a package that offers itself to `import` alone. */
function importOnly(name: string, folders: readonly string[]): string | undefined {
  for (const folder of folders) {
    const manifest = join(folder, name, 'package.json')
    if (!existsSync(manifest)) continue
    const entry = importEntry(JSON.parse(readFileSync(manifest, 'utf8')).exports)
    return entry === undefined ? undefined : join(folder, name, entry)
  }
  return undefined
}

function importEntry(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports
  if (typeof exports !== 'object' || exports === null) return undefined
  for (const [condition, target] of Object.entries(exports)) {
    if (!['.', 'node', 'import', 'module-sync', 'default'].includes(condition)) continue
    const entry = importEntry(target)
    if (entry !== undefined) return entry
  }
  return undefined
}
