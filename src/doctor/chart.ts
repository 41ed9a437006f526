import type { Config } from '../config.js'
import type { Listening } from '../listen.js'
import { fillSpaced, texts, type Lang, type Texts } from '../i18n/index.js'

export type Grade = 'ok' | 'warn' | 'fault'

/** One line of what was found. */
export interface Finding {
  grade: Grade
  /** Which of the sentences it is: the same in every language. */
  what: string
  say: string
}

/** A server that has the data now. */
export interface Running {
  port: number
  version: string
  /** Absent: it is too old to tell. */
  listening?: Listening | undefined
}

/** What is looked at. */
export interface Patient {
  config: Config
  /** Undefined: none runs. */
  running: () => Promise<Running | undefined>
  lang: Lang
  /** Whether addresses elsewhere may be asked. */
  network: boolean
  /** Loads every plugin and bot. @throws {StartError} */
  load: () => Promise<unknown>
}

type Sentence = keyof Texts['doctor']['says']
type Values = Record<string, string | number>

/** Collects what the checks find. */
export class Chart {
  readonly findings: Finding[] = []
  readonly #lang: Lang

  constructor(lang: Lang) {
    this.#lang = lang
  }

  readonly ok = (what: Sentence, values?: Values): void => this.#note('ok', what, values)
  readonly warn = (what: Sentence, values?: Values): void => this.#note('warn', what, values)
  readonly fault = (what: Sentence, values?: Values): void => this.#note('fault', what, values)

  /** A sentence that was made elsewhere. */
  told(grade: Grade, what: string, say: string): void {
    this.findings.push({ grade, what, say })
  }

  count(grade: Grade): number {
    return this.findings.filter((finding) => finding.grade === grade).length
  }

  #note(grade: Grade, what: Sentence, values: Values = {}): void {
    this.told(grade, what, fillSpaced(texts[this.#lang].doctor.says[what], values))
  }
}

/** Looks at one thing, and writes down what it finds. */
export type Check = (patient: Patient, chart: Chart) => Promise<void> | void
