/**
 * 小小鸟: a small round bird, drawn in a square of 128. One body for every use; what is around it differs.
 */

/** The bird alone, for the pages: big and friendly, without a ground. @returns {string} an SVG document. */
export const mascot = () => document(`${shade}${bird}${note}`)

/** Its face among the members: on mint, the colour of bots, closer. @returns {string} an SVG document. */
export const botFace = () =>
  document(
    `<rect width="128" height="128" fill="url(#mint)"/><g transform="translate(-5.5 -3) scale(1.07)">${shade}${bird}</g>`,
  )

/** The same bird at 16 pixels: no small parts, a bolder eye and beak. @param {{waiting?: boolean}} [state] With a dot. @returns {string} an SVG document. */
export const favicon = ({ waiting = false } = {}) =>
  document(
    `<g transform="translate(-22 -9) scale(1.22)">${body}${crest}${belly}${wing}<circle cx="76" cy="48" r="12" fill="#231c4d"/><circle cx="80.3" cy="43.2" r="5" fill="#fff"/><path d="M95 49 118 60 95 70Z" fill="#ffb238" stroke="#ffb238" stroke-width="6" stroke-linejoin="round"/></g>${waiting ? dot : ''}`,
  )

/** Something waits to be read. */
const dot = '<circle cx="98" cy="98" r="26" fill="#e0345a" stroke="#fff" stroke-width="6"/>'

/** The bird for a phone's home screen, which rounds the corners itself and shows no ground through. @returns {string} an SVG document. */
export const homeIcon = () =>
  document(
    `<defs>${gradient('sky', '#fbfaff', '#d5d4ff')}</defs><rect width="128" height="128" fill="url(#sky)"/><g transform="translate(2 4) scale(.95)">${shade}${bird}</g>`,
  )

const document = (drawing) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128">${defs}${drawing}</svg>`

const gradient = (id, from, to) =>
  `<linearGradient id="${id}" x2=".6" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`

const defs = `<defs>${gradient('indigo', '#8b8dff', '#554be0')}${gradient('wing', '#6a62ee', '#4338ca')}${gradient('lilac', '#fbf9ff', '#ddd9ff')}${gradient('mint', '#dcfbf1', '#8fe3cd')}</defs>`

const tail =
  '<path d="M34 82C22 80 13 84 8 92c8 3 13 3 17 1-3 4-4 8-3 12 11-2 19-7 24-14Z" fill="#4338ca"/>'

const feet =
  '<path d="M56 108v9m-6 0h13M76 108v9m-6 0h13" fill="none" stroke="#f59a23" stroke-width="4.5" stroke-linecap="round"/>'

const body =
  '<path d="M66 20c24 0 41 18 41 44s-18 47-44 47S21 93 21 70c0-27 18-50 45-50Z" fill="url(#indigo)"/>'

const crest =
  '<path d="M60 23C56 17 55 11 58 6c4 3 6 6 7 9 1-4 4-7 9-9 1 6-1 12-5 17Z" fill="#554be0"/>'

const belly =
  '<path d="M84 60c12 5 18 12 17 21-3 17-17 28-35 28-12 0-21-6-24-16 2-20 20-34 42-33Z" fill="url(#lilac)"/>'

const wing =
  '<path d="M29 65c12-6 28-3 35 8 5 9 2 20-8 24-9 3-19-1-24-9-4-7-6-15-3-23Z" fill="url(#wing)"/>'

const feathers =
  '<path d="M40 78c3 6 8 9 14 9M47 70c2 4 6 7 11 7" fill="none" stroke="#b9b7ff" stroke-width="3" stroke-linecap="round" opacity=".8"/>'

const eyes =
  '<circle cx="77" cy="48" r="7.5" fill="#231c4d"/><circle cx="79.7" cy="45.2" r="2.6" fill="#fff"/><circle cx="74.6" cy="51" r="1.2" fill="#fff" opacity=".8"/>'

const cheek = '<ellipse cx="68" cy="57" rx="6" ry="4" fill="#ff8fb1" opacity=".75"/>'

const beak =
  '<path d="M93 51c8 0 16 3 21 7-6 2-12 3-19 3Z" fill="#ffb238"/><path d="M95 60c6 1 11 0 15-1-3 5-8 8-13 8Z" fill="#f08c1b"/>'

const bird = `${tail}${feet}${body}${crest}${belly}${wing}${feathers}${eyes}${cheek}${beak}`

const shade = '<ellipse cx="64" cy="118" rx="36" ry="4.5" fill="#231c4d" opacity=".12"/>'

/** What it sings. */
const note =
  '<path d="M112 16v17" stroke="#34c3a2" stroke-width="4" stroke-linecap="round"/><ellipse cx="107.5" cy="34" rx="6" ry="4.6" fill="#34c3a2" transform="rotate(-18 107.5 34)"/><path d="M112 16c1 6 8 6 8 13" fill="none" stroke="#34c3a2" stroke-width="4" stroke-linecap="round"/>'
