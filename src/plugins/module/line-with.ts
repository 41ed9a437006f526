import { readFileSync } from 'node:fs'

/** This file runs in the plugins' worker: it imports nothing of the server. */

/** The first line of a file that holds one of some texts, counted from 1. */
export function lineWith(texts: readonly string[], file: string): { line?: number } {
  const lines = readFileSync(file, 'utf8').split('\n')
  const index = lines.findIndex((line) => texts.some((text) => line.includes(text)))
  return index === -1 ? {} : { line: index + 1 }
}
