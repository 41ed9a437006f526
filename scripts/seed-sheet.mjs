/** A face's own square, in the units of its drawing, and the square it has on the sheet; `_parts.njk` cuts it out. */
const SIDE = 980
const PITCH = 1000
/** The paper behind a face reaches so far into the gap, or an edge would show a hair of the next one's. */
const BLEED = (PITCH - SIDE) / 2
const ROW = 7

/**
 * All faces on one sheet, seven in a row: the page that shows them all asks once instead of 27 times. A shape that
 * several faces share is drawn once, which halves the sheet.
 * @param {string[]} faces SVG documents. @returns {string} an SVG document.
 */
export function sheet(faces) {
  const shapes = new Map()
  const cells = faces.map((face, index) => {
    const paper = `paper${index}`
    const drawing = inside(face).replaceAll('backgroundLinear', paper).replace(PATH, share(shapes))
    const place = [index % ROW, Math.floor(index / ROW)].map((n) => n * PITCH + BLEED)
    return `<g transform="translate(${place.join(' ')})">${drawing}</g>`
  })
  const paths = [...shapes].map(([d, id]) => `<path id="${id}" d="${d}"/>`)
  const size = `${ROW * PITCH} ${Math.ceil(faces.length / ROW) * PITCH}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" fill="none"><defs>${paths.join('')}</defs>${cells.join('')}</svg>`
}

const PATH = /<path ([^>]*?)d="([^"]*)"([^>]*)\/>/g

/** @param {Map<string, string>} shapes Ids, by what is drawn. */
const share = (shapes) => (_path, before, d, after) => {
  if (!shapes.has(d)) shapes.set(d, `s${shapes.size}`)
  return `<use href="#${shapes.get(d)}" ${before}${after.trim()}/>`
}

/** @param {string} svg */
function inside(svg) {
  const [, side, drawing] = /^<svg [^>]*viewBox="0 0 (\d+) \1"[^>]*>(.*)<\/svg>$/s.exec(svg) ?? []
  if (Number(side) !== SIDE) throw new Error(`a face is drawn in a square of ${SIDE}, not ${side}`)
  return drawing.replace(PAPER, `x="${-BLEED}" y="${-BLEED}" width="${PITCH}" height="${PITCH}"`)
}

const PAPER = `width="${SIDE}" height="${SIDE}" x="0" y="0"`
