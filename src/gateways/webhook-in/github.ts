import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { fill, texts, type Lang } from '../../i18n/index.js'
import { snippet } from '../../present-form.js'
import { linesOf, link, listOf, words } from './fields.js'
import { HookError } from './hook-error.js'
import type { HookLine } from './slack.js'

/** So many commits of a push are named. */
const COMMITS = 5
/** So many characters of a comment are shown. */
const EXCERPT = 300

const page = z.object({
  title: words,
  name: words,
  tag_name: words,
  number: z.number().optional().catch(undefined),
  html_url: words,
  body: words,
  merged: z.boolean().optional().catch(undefined),
  conclusion: words,
  head_branch: words,
})
const optionalPage = page.optional().catch(undefined)
const event = z.object({
  action: words,
  sender: z.object({ login: words }).optional().catch(undefined),
  repository: z.object({ full_name: words, html_url: words }).optional().catch(undefined),
  ref: words,
  compare: words,
  zen: words,
  commits: listOf(z.object({ id: words, message: words, url: words }), 100),
  pull_request: optionalPage,
  issue: optionalPage,
  comment: optionalPage,
  release: optionalPage,
  workflow_run: optionalPage,
})
type Event = z.output<typeof event>

/**
 * Whether a body is signed with the secret that GitHub was given
 * (https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries).
 * @param signature Of the header `X-Hub-Signature-256`.
 */
export function isSigned(raw: string, signature: string, secret: string): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`)
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/**
 * Tells what happened at GitHub in a line or a few.
 * @param kind Of the header `X-GitHub-Event`. One that is not known here gives one general line.
 * @throws {HookError} `invalid_payload`: no object.
 */
export function fromGithub(kind: string, payload: unknown, lang: Lang): HookLine {
  const read = event.safeParse(payload)
  if (!read.success) throw new HookError('invalid_payload')
  return { text: tell[kind]?.(read.data, lang) ?? general(kind, read.data, lang) }
}

const tell: Readonly<Record<string, (event: Event, lang: Lang) => string>> = {
  ping: (one, lang) => linesOf(sentence('ping', one, lang), one.zen),
  push(one, lang) {
    const branch = (one.ref ?? '').replace(/^refs\/(?:heads|tags)\//, '')
    const { length } = one.commits
    const head = sentence(
      length === 0 ? 'moved' : length === 1 ? 'pushedOne' : 'pushed',
      one,
      lang,
      {
        n: length,
        branch: `\`${branch}\``,
      },
    )
    const left = length - COMMITS
    return linesOf(
      head,
      ...one.commits.slice(0, COMMITS).map(commit),
      left > 0 ? fill(texts[lang].hooks.github.more, { n: left }) : undefined,
    )
  },
  pull_request: (one, lang) =>
    about('pull', one, one.pull_request, lang, one.pull_request?.merged ? 'merged' : undefined),
  issues: (one, lang) => about('issue', one, one.issue, lang),
  issue_comment: (one, lang) =>
    linesOf(
      sentence('commented', one, lang, {
        what: numbered(one.issue, one.comment?.html_url),
      }),
      quoted(one.comment?.body),
    ),
  release: (one, lang) => about('release', one, one.release, lang),
  workflow_run(one, lang) {
    const { name = '', html_url, conclusion, head_branch = '' } = one.workflow_run ?? {}
    const mark = conclusion === 'success' ? '🟢 ' : conclusion ? '🔴 ' : ''
    const values = {
      what: link(name, html_url),
      branch: `\`${head_branch}\``,
      how: conclusion ?? one.action ?? '',
    }
    return mark + sentence('run', one, lang, values)
  },
}

/** What became of a pull request, an issue or a release. */
function about(
  noun: 'pull' | 'issue' | 'release',
  one: Event,
  what: Event['issue'],
  lang: Lang,
  done = one.action ?? '',
): string {
  const { nouns, actions } = texts[lang].hooks.github
  const known: Readonly<Record<string, string>> = actions
  return sentence('about', one, lang, {
    noun: nouns[noun],
    action: known[done] ?? done.replaceAll('_', ' '),
    what: numbered(what),
  })
}

const general = (kind: string, one: Event, lang: Lang): string =>
  sentence('other', one, lang, { kind: [kind, one.action].filter(Boolean).join(' ') })

function sentence(
  key: 'ping' | 'pushed' | 'pushedOne' | 'moved' | 'about' | 'commented' | 'run' | 'other',
  { sender, repository }: Event,
  lang: Lang,
  values: Record<string, string | number> = {},
): string {
  const words = texts[lang].hooks.github
  const repo = link(repository?.full_name ?? 'GitHub', repository?.html_url)
  return fill(words[key], { who: `**${sender?.login ?? 'GitHub'}**`, repo, ...values })
}

function numbered(one: Event['issue'], url = one?.html_url): string {
  const title = one?.title ?? one?.name ?? one?.tag_name ?? ''
  return link(one?.number === undefined ? title : `#${one.number} ${title}`, url)
}

function commit({ id = '', message = '', url }: Event['commits'][number]): string {
  return `- ${link(id.slice(0, 7), url)} ${message.split('\n', 1)[0]}`
}

function quoted(body: string | undefined): string | undefined {
  if (!body) return undefined
  const line = body.split('\n', 3).join(' ')
  const short = snippet(line, EXCERPT)
  return `> ${short}${short.length < line.length ? '…' : ''}`
}
