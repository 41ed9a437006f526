/**
 * The colours that the bird of scripts/seed-bird.mjs is drawn in, and others in their places: body, wing, feathers, belly, ground. Bots
 * are told apart by them; beak, feet and eye are those of the bird.
 */
const OWN = '#8b8dff #554be0 #6a62ee #4338ca #b9b7ff #fbf9ff #ddd9ff #dcfbf1 #8fe3cd'
const OTHERS = [
  '#f87f71 #c8443a #db594d #a52a24 #fbb7ae #fff8f6 #fbd8d3 #ffefe6 #fdc6b0',
  '#2cc5c5 #009596 #00a7a8 #00787a #9cdbdb #f4fcfc #cae8e8 #e5f7fb #aadfe9',
  '#f683b3 #c64882 #d95d94 #a43068 #f9b9d0 #fff7fa #f8d7e2 #ffedef #fec2ca',
  '#efc558 #bf9100 #d2a410 #a17600 #f0daa6 #fdfaf3 #ebe0c7 #f6f4e3 #dbd7a7',
  '#51bdf6 #008bc9 #009edb #006fa8 #a4d7f6 #f5fbff #cde6f5 #e9f5ff #b7d8fb',
  '#7ec36f #449232 #59a448 #2d761a #b5daad #f7fcf6 #d5e8d1 #e8f8ed #b4e1c2',
  '#9498a4 #646975 #767a86 #4c505b #c0c2c9 #fafafb #e0e1e4 #f3f3f5 #d3d3da',
]

/**
 * Which colours a bot has, from 1; 0 are the bird's own, and of the first bot alone. The ids of bots are counted down from 0 and kept by name: a bot keeps its
 * colours, and it takes more than eight bots until two have the same.
 * @param {number} id
 */
export const plumageOf = (id) => (id === 0 ? 0 : 1 + ((Math.abs(id) - 1) % OTHERS.length))

/** The bird in the colours of a bot. @param {string} svg @param {number} plumage Not 0. */
export function plumed(svg, plumage) {
  const colours = OTHERS[plumage - 1]?.split(' ') ?? []
  return OWN.split(' ').reduce(
    (drawn, own, index) => drawn.replaceAll(own, colours[index] ?? own),
    svg,
  )
}
