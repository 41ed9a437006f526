import { Alpine } from '../alpine.js'
import { el } from '../components/dom.js'
import { base, sheet as address } from './boot.js'

/** So many faces are asked for one by one; from the next on, all of them together. */
const FEW = 4
/** Those on the sheet. */
const SHEETED = /^\d+$/

/**
 * Where each face is, by the name that {@link face} gives: an address of its own, or cut from the sheet that holds all.
 * Each is a picture of its own also then: as views of one large picture they would be drawn anew with every frame of a
 * flood.
 */
Alpine.store('faces', { /** @type {Record<string, string>} */ at: {} })
const { at } = Alpine.store('faces')

/** Not come yet, and the pictures that wait for them. @type {Map<string, HTMLImageElement[]>} */
const waiting = new Map()
let asked = 0
/** @type {Promise<(imageid: string) => string> | undefined} */
let sheet
/** Until a face has come, there is nothing where it will be. @type {string | undefined} */
let nothing

/** @typedef {import('../models/timeline.js').User} User */

/** How a member is drawn: `$store.faces.at[one.face]`. @param {Pick<User, 'name' | 'imageid'>} user */
export function face({ name, imageid }) {
  see(imageid)
  return { name, face: imageid }
}

/** The same for who makes elements by hand. @param {string} imageid @param {Parameters<typeof el>[1]} attributes */
export function facePicture(imageid, attributes) {
  see(imageid)
  const picture = /** @type {HTMLImageElement} */ (
    el('img', { ...attributes, src: at[imageid], alt: '' })
  )
  waiting.get(imageid)?.push(picture)
  return picture
}

/** @param {string} imageid */
function see(imageid) {
  if (at[imageid]) return
  if (SHEETED.test(imageid) && asked >= FEW) return void cut(imageid)
  asked += 1
  at[imageid] = alone(imageid)
}

/** @param {string} imageid */
const alone = (imageid) => `${base}/static/images/${encodeURIComponent(imageid)}.jpg`

/** @param {string} imageid */
async function cut(imageid) {
  waiting.set(imageid, [])
  at[imageid] = nothing ??= pictureOf('<svg xmlns="http://www.w3.org/2000/svg"/>')
  sheet ??= fetchSheet()
  const found = await sheet.then((cutOut) => cutOut(imageid)).catch(() => alone(imageid))
  at[imageid] = found
  for (const picture of waiting.get(imageid) ?? []) picture.src = found
  waiting.delete(imageid)
}

/** @returns {Promise<(imageid: string) => string>} What cuts a face out. */
async function fetchSheet() {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`the faces did not come: ${answer.status}`)
  const { documentElement: all } = new DOMParser().parseFromString(
    await answer.text(),
    'image/svg+xml',
  )
  const [shapes, ...faces] = all.children
  return (imageid) => {
    const one = faces[Number(imageid)]
    const used = new Set([...one.querySelectorAll('use')].map((use) => use.getAttribute('href')))
    const drawn = [...shapes.children].filter(({ id }) => used.has(`#${id}`))
    const [, x, y] = /translate\((\d+) (\d+)\)/.exec(one.getAttribute('transform') ?? '') ?? []
    const [own, defined] = [all, shapes].map((part) => part.cloneNode(false))
    defined.append(...drawn.map((shape) => shape.cloneNode()))
    own.setAttribute('viewBox', `${x} ${y} ${SIDE} ${SIDE}`)
    own.append(defined, one.cloneNode(true))
    return pictureOf(new XMLSerializer().serializeToString(own))
  }
}
/** Of a face on the sheet, in its units; see scripts/seed-sheet.mjs. */
const SIDE = 980

/** @param {string} svg */
function pictureOf(svg) {
  return URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
}
