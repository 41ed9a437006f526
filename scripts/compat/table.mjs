/** @typedef {{ program: string, what: string, how: 'ok' | 'failed' | 'not run', why: string }} Row */

/**
 * All that was tried, as a table in Markdown, and how much of it went how.
 * @param {Row[]} rows
 */
export function table(rows) {
  const head = ['program', 'case', 'result', 'why']
  const lines = rows.map(({ program, what, how, why }) => [program, what, how, why].map(cell))
  const widths = head.map((word, at) =>
    Math.max(word.length, ...lines.map((line) => line[at].length)),
  )
  const print = (line) => `| ${line.map((word, at) => word.padEnd(widths[at])).join(' | ')} |`
  const count = (how) => rows.filter((row) => row.how === how).length
  return [
    print(head),
    print(widths.map((width) => '-'.repeat(width))),
    ...lines.map(print),
    '',
    `${count('ok')} ok, ${count('failed')} failed, ${count('not run')} not run`,
  ].join('\n')
}

const cell = (text) =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('|', String.raw`\|`)
    .slice(0, 160)
