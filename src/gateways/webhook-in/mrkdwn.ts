import { link } from './fields.js'

/** Code, which nothing is changed in, or a link or call in angle brackets. */
const PARTS = /(```[\s\S]*?```|`[^`\n]+`)|<([^<>\n]+)>/g

/**
 * Turns Slack's markup into ours, which is Markdown (https://docs.slack.dev/messaging/formatting-message-text):
 * `*b*`, `_i_`, `~s~`, code, `<url|label>`, `<@U1>`, `<!here>`. The three escaped characters come last, so that what
 * was escaped is never read as markup of Slack's.
 */
export function fromMrkdwn(text: string): string {
  let out = ''
  let end = 0
  for (const { 0: whole, 1: code, 2: inside = '', index } of text.matchAll(PARTS)) {
    out += unescaped(emphasised(text.slice(end, index)))
    out += unescaped(code ?? fromBrackets(inside))
    end = index + whole.length
  }
  return out + unescaped(emphasised(text.slice(end)))
}

/** Marks count where a word begins and where it ends, as in Slack. */
function emphasised(text: string): string {
  return text
    .replaceAll(/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*[^*\s])\*(?![\p{L}\p{N}*])/gu, '**$1**')
    .replaceAll(/(?<![\p{L}\p{N}~])~(?=\S)([^~\n]*[^~\s])~(?![\p{L}\p{N}~])/gu, '~~$1~~')
}

/** What stands in angle brackets: an address, a person, a room, or everybody who is here. */
function fromBrackets(inside: string): string {
  const [target = '', label] = inside.split('|', 2)
  switch (target[0]) {
    case '@':
    case '#':
      return label ? `${target[0]}${label}` : target
    case '!':
      return label ?? `@${target.slice(1).split('^', 1)[0]}`
    default:
      return label ? link(label, target) : target
  }
}

/** @see https://docs.slack.dev/messaging/formatting-message-text#escaping */
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
