/** Has people say so many lines to the built server (dist/cli.js). @returns bytes that each takes of V8's old generation. */
export function lastingRun(options: { lines: number }): Promise<number>
