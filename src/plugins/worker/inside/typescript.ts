import { createRequire } from 'node:module'
import { ModuleFault, ruleFault } from '../../module/module-fault.js'

type Swc = typeof import('@swc/wasm-typescript')

const require = createRequire(import.meta.url)
let swc: Swc | undefined

/** Loaded when the first of them is needed: it takes 60 ms and 20 MB. */
const compiler = (): Swc => (swc ??= require('@swc/wasm-typescript') as Swc)

/**
 * Takes the types out of a TypeScript file; lines and columns stay where they are.
 * @throws {ModuleFault} with the line of what is no TypeScript, or needs more than taking types out.
 */
export function withoutTypes(text: string, file: string): string {
  try {
    return compiler().transformSync(text, { mode: 'strip-only', filename: file }).code
  } catch (error) {
    throw isSwcFault(error) ? faultOf(error, file) : error
  }
}

/** The same mistake with its line: V8 does not tell where a module that does not compile is wrong. */
export function withLine(error: unknown, text: string, file: string): unknown {
  try {
    compiler().transformSync(text, { mode: 'strip-only', filename: file })
    return error
  } catch (found) {
    return isSwcFault(found) && found.code === 'InvalidSyntax' ? faultOf(found, file) : error
  }
}

interface SwcFault {
  code: string
  message: string
  startLine: number
}

const isSwcFault = (error: unknown): error is SwcFault =>
  typeof error === 'object' && error !== null && 'startLine' in error && 'message' in error

function faultOf({ code, message, startLine: line }: SwcFault, file: string): ModuleFault {
  // "Unexpected token `=>`. Expected an identifier, void, yield, …" goes on for ten more.
  const [what = message] = message.split('. Expected')
  if (code === 'UnsupportedSyntax') return ruleFault('unsupported', { what }, { file, line })
  const data = { code: 'syntax', values: { what } } as const
  return new ModuleFault({ message: `SyntaxError: ${what}`, ...data, file, line })
}
