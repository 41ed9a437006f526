import type { Brain, Rule } from './brain.js'
import { faultsIn } from './faults.js'
import { readPattern, type Pattern } from './pattern.js'
import { consoleTongue } from './tongue.js'
import type { Tongue } from './turn.js'

/** A file of rules: its name for faults, and what is in it. */
export interface BrainFile {
  readonly name: string
  readonly text: string
}

/**
 * Makes rules of brain files; their form is told at the top of `brain/en.txt`.
 * @param skills Names that may stand behind `@`.
 * @throws {Error} all faults of all files, a line each: `file:line: sentence`.
 */
export function parseBrain(files: readonly BrainFile[], skills: ReadonlySet<string>): Brain {
  const read = files.map(({ name, text }) => new BrainReader(name, skills).read(text))
  const faults = read.flatMap(({ faults }) => faults)
  if (faults.length > 0) throw new Error(faults.join('\n'))

  const rules = read.flatMap(({ rules }) => rules)
  return {
    zh: rules.filter(({ tongue }) => tongue === 'zh'),
    en: rules.filter(({ tongue }) => tongue === 'en'),
  }
}

interface Draft {
  line: number
  tongue: Tongue | undefined
  topic: string
  patterns: Pattern[]
  replies: string[]
  skill?: string
}

const say = faultsIn[consoleTongue()]

/** Goes through one file from line to line. */
class BrainReader {
  readonly #name: string
  readonly #skills: ReadonlySet<string>
  readonly #drafts: Draft[] = []
  readonly #faults: { line: number; sentence: string }[] = []
  #line = 0
  #tongue: Tongue | undefined
  #topic = ''

  constructor(name: string, skills: ReadonlySet<string>) {
    this.#name = name
    this.#skills = skills
  }

  read(text: string): { rules: Rule[]; faults: string[] } {
    for (const line of text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)) {
      this.#line += 1
      this.#take(line.trim())
    }
    for (const draft of this.#drafts) {
      if (draft.patterns.length > 0 && !answered(draft)) this.#fault(say.noReply, draft.line)
    }
    const faults = this.#faults.toSorted((a, b) => a.line - b.line)
    return {
      rules: this.#drafts.filter(answered).map(ruleOf),
      faults: faults.map(({ line, sentence }) => `${this.#name}:${line}: ${sentence}`),
    }
  }

  #take(line: string): void {
    const content = line.slice(1).trim()
    if (line === '' || line.startsWith('#')) return
    if (line === '[zh]' || line === '[en]') {
      this.#tongue = line === '[zh]' ? 'zh' : 'en'
    } else if (line.startsWith(':')) {
      this.#topic = content
      this.#begin()
    } else if (line.startsWith('?')) this.#listen(content)
    else if (line.startsWith('-')) this.#reply(content)
    else if (line.startsWith('@')) this.#use(content)
    else this.#fault(say.noSign(line.charAt(0)))
  }

  #begin(): Draft {
    const draft = {
      line: this.#line,
      tongue: this.#tongue,
      topic: this.#topic,
      patterns: [],
      replies: [],
    }
    this.#drafts.push(draft)
    return draft
  }

  #listen(content: string): void {
    const last = this.#drafts.at(-1)
    const draft = last && !answered(last) ? last : this.#begin()
    draft.tongue ??= /\p{Script=Han}/u.test(content) ? 'zh' : 'en'
    for (const source of content.split('|')) {
      const pattern = readPattern(source.trim())
      if (pattern) draft.patterns.push(pattern)
      else this.#fault(say.nothingFixed(source.trim()))
    }
  }

  #reply(content: string): void {
    const draft = this.#drafts.at(-1)
    if (!draft) this.#fault(say.noPattern)
    else if (content === '') this.#fault(say.emptyReply)
    else draft.replies.push(content.replaceAll(String.raw`\n`, '\n'))
  }

  #use(skill: string): void {
    const draft = this.#drafts.at(-1)
    if (!draft) this.#fault(say.noPattern)
    else {
      draft.skill = skill
      if (!this.#skills.has(skill)) this.#fault(say.noSkill(skill, known(this.#skills)))
    }
  }

  #fault(sentence: string, line = this.#line): void {
    this.#faults.push({ line, sentence })
  }
}

const known = (skills: ReadonlySet<string>): string => [...skills].toSorted().join(', ')

const answered = ({ replies, skill }: Draft): boolean => replies.length > 0 || skill !== undefined

const ruleOf = ({ tongue, topic, patterns, replies, skill }: Draft): Rule => ({
  tongue: tongue ?? (/\p{Script=Han}/u.test(replies.join('')) ? 'zh' : 'en'),
  topic,
  patterns,
  replies,
  ...(skill !== undefined && { skill }),
})
