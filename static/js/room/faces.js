import { Alpine } from '../alpine.js'
import { el } from '../components/dom.js'
import { plumageOf, plumed } from '../models/plumage.js'
import { base, sheet as address } from './boot.js'

/** So many faces are asked for one by one; from the next on, all of them together. */
const FEW = 4
/** Those on the sheet. */
const SHEETED = /^\d+$/
/** The bird; of bots but the first it is another one. */
const BIRD = 'bot'

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
/** @type {Promise<string> | undefined} */
let bird
/** Until a face has come, there is nothing where it will be. @type {string | undefined} */
let nothing

/** @typedef {import('../models/timeline.js').User} User */

/** How a member is drawn: `$store.faces.at[one.face]`. @param {Pick<User, 'id' | 'name' | 'imageid'>} user */
export const face = (user) => ({ name: user.name, face: seen(user) })

/** The same for who makes elements by hand. @param {Pick<User, 'id' | 'imageid'>} user @param {Parameters<typeof el>[1]} attributes */
export function facePicture(user, attributes) {
  const name = seen(user)
  const picture = /** @type {HTMLImageElement} */ (
    el('img', { ...attributes, src: at[name], alt: '' })
  )
  waiting.get(name)?.push(picture)
  return picture
}

/** @param {Pick<User, 'id' | 'imageid'>} user @returns {string} Under this it is, or will be, in `at`. */
function seen({ id, imageid }) {
  const plumage = imageid === BIRD ? plumageOf(id) : 0
  const name = plumage === 0 ? imageid : `${BIRD}${plumage}`
  if (at[name]) return name
  if (plumage > 0) {
    void late(name, BIRD, async () =>
      pictureOf(plumed(await (bird ??= textOf(alone(BIRD))), plumage)),
    )
  } else if (SHEETED.test(imageid) && asked >= FEW) {
    void late(name, imageid, () => (sheet ??= cutter()).then((cutOut) => cutOut(imageid)))
  } else {
    asked += 1
    at[name] = alone(imageid)
  }
  return name
}

/** @param {string} imageid */
const alone = (imageid) => `${base}/static/images/${encodeURIComponent(imageid)}.jpg`

/** One that has to be made. @param {string} name @param {string} imageid This instead, if it cannot. @param {() => Promise<string>} make */
async function late(name, imageid, make) {
  waiting.set(name, [])
  at[name] = nothing ??= pictureOf('<svg xmlns="http://www.w3.org/2000/svg"/>')
  const found = await make().catch(() => alone(imageid))
  at[name] = found
  for (const picture of waiting.get(name) ?? []) picture.src = found
  waiting.delete(name)
}

/** @param {string} url */
async function textOf(url) {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} did not come: ${answer.status}`)
  return answer.text()
}

/** @returns {Promise<(imageid: string) => string>} What cuts a face out. */
async function cutter() {
  const { documentElement: all } = new DOMParser().parseFromString(
    await textOf(address),
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
