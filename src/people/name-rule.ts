import type { Texts } from '../i18n/index.js'
import { skeleton } from './skeleton.js'

const GRAPHEMES = 20
const BYTES = 128
/** Nothing of this length becomes a name; longer input is not even normalised. */
const RAW_UNITS = 512

export type NameReason = keyof Texts['names']
export type CheckedName =
  { ok: true; name: string; skeleton: string } | { ok: false; reason: NameReason }

/**
 * Judges a nickname: RFC 8266's form, 1–20 graphemes in at most 128 bytes, nothing invisible, scripts mixed
 * no further than UTS #39 *Highly Restrictive* allows.
 * @param raw As typed.
 * @returns The name to show and the skeleton that uniqueness is judged by, or why it is refused. Never throws.
 */
export function checkName(raw: string): CheckedName {
  const name = raw.length > RAW_UNITS ? raw : enforce(raw)
  const broken = rules.find(([, breaks]) => breaks(name))
  return broken ? { ok: false, reason: broken[0] } : { ok: true, name, skeleton: skeleton(name) }
}

/** RFC 8266 §2.3: spaces become one plain space, those around go, then NFKC; until nothing changes. */
function enforce(raw: string): string {
  const once = (text: string) =>
    text
      .replace(/\p{Zs}+/gu, ' ')
      .trim()
      .normalize('NFKC')
  return once(once(once(raw)))
}

/** In this order, so that the sentence names what a person would notice first. */
const rules: readonly (readonly [NameReason, (name: string) => boolean])[] = [
  ['empty', (name) => name === ''],
  ['tooLong', (name) => name.length > RAW_UNITS || graphemes(name) > GRAPHEMES],
  ['invisible', (name) => hidden.test(name.replace(emoji, ''))],
  ['marks', (name) => /^\p{M}|\p{M}{3}/u.test(name.normalize('NFD'))],
  ['tooManyBytes', (name) => Buffer.byteLength(name) > BYTES],
  ['noLetters', (name) => !/[\p{L}\p{N}\p{RI}]|(?![#*])\p{Extended_Pictographic}/u.test(name)],
  ['scripts', (name) => !writtenTogether(name)],
]

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const graphemes = (name: string) => [...segmenter.segment(name)].length

/** Emoji as people type them: skin, presentation, ZWJ between pictures, keycaps. Tags are no part of it. */
const emoji =
  /\p{Extended_Pictographic}[\u{FE0F}\p{EMod}]*(?:\u{200D}\p{Extended_Pictographic}[\u{FE0F}\p{EMod}]*)*|[0-9#*]\u{FE0F}?\u{20E3}/gu

/** Controls, bidi, zero width, tags, fillers, private and unassigned characters, lone surrogates, blank Braille. */
const hidden = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u{2800}\u{FFFC}\u{FFFD}]/u

/** Does one alphabet, or one of the mixtures that UTS #39 §5.2 calls Highly Restrictive, cover every letter? */
function writtenTogether(name: string): boolean {
  const letters = name.match(/[\p{L}\p{M}\p{N}]/gu) ?? []
  return alphabets().some((covers) => letters.every((letter) => covers.test(letter)))
}

/** UAX #31's recommended scripts, and two more that people around us write with: Mongolian and Yi. */
const alone =
  'Arabic Armenian Bengali Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Hebrew Kannada Khmer Lao Malayalam Mongolian Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan Yi'
const mixtures = ['Latin Han Hiragana Katakana', 'Latin Han Bopomofo', 'Latin Han Hangul']

let made: readonly RegExp[] | undefined
/** Made when the first name comes: to begin with, they would take 8 ms of the start. */
const alphabets = (): readonly RegExp[] =>
  (made ??= [...mixtures, ...alone.split(' ')].map((scripts) => {
    const members = ['Common', 'Inherited', ...scripts.split(' ')]
    return new RegExp(`[${members.map((script) => `\\p{scx=${script}}`).join('')}]`, 'u')
  }))
