/** Control characters, which may be a terminal's commands, and those that turn the direction of writing. */
// eslint-disable-next-line no-control-regex
const COMMANDS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** What somebody wrote, fit for one line of a terminal: it can say nothing to it but its letters. */
export const harmless = (text: string): string => text.replace(COMMANDS, '\uFFFD')

/** The same of JSON, which stays what it was. */
export const harmlessJson = (json: string): string =>
  json.replace(COMMANDS, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
