import type { OfferedRoom } from '../chat/face.js'
import type { Lang } from '../i18n/index.js'

/** Rooms that the side of the page lists. */
const OFFERED = 50

export interface BesideTalk {
  mine: OfferedRoom[]
  direct: OfferedRoom[]
  others: OfferedRoom[]
}

/**
 * The rooms beside the talk, as static/js/models/places.js puts them once the line is open: nothing moves then.
 * @param here The room of the page; a long list is cut, but never by it.
 */
export function besideTalk(
  rooms: readonly OfferedRoom[],
  here: OfferedRoom,
  lang: Lang,
): BesideTalk {
  const offered = rooms.slice(0, OFFERED)
  const all = offered.some(({ name }) => name === here.name) ? offered : [...offered, here]
  const isMine = ({ level, name }: OfferedRoom) => level !== undefined || name === here.name
  const open = all.filter(({ kind }) => kind === 'room').toSorted(byTitle(lang))
  return {
    mine: open.filter(isMine),
    direct: all.filter(({ kind }) => kind === 'direct').toSorted((a, b) => b.last - a.last),
    others: open.filter((room) => !isMine(room)),
  }
}

/** The lobby is everybody's first. */
const byTitle = (lang: Lang) => (a: OfferedRoom, b: OfferedRoom) =>
  Number(b.name === 'lobby') - Number(a.name === 'lobby') || titles[lang].compare(a.title, b.title)

/** 第 2 组 before 第 10 组. */
const titles: Record<Lang, Intl.Collator> = {
  'zh-CN': new Intl.Collator('zh-CN', { numeric: true }),
  en: new Intl.Collator('en', { numeric: true }),
}
