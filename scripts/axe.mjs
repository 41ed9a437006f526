import axeCore from 'axe-core'

/**
 * What axe finds on a page: all its rules, none left out. Only findings are worked out in full, and axe stays in the page
 * for the next time: of a second and more that each look costs through its driver, a tenth is left.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>} A line for each rule that is broken, with where; also one when no text could be judged by
 *   its contrast, which axe would not say by itself.
 */
export async function axe(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source)
  const { broken, judged } = await page.evaluate(run)
  return judged ? broken : ['color-contrast: no text was judged', ...broken]
}

/** In the page. */
async function run() {
  const { axe: axeHere } = /** @type {{axe: typeof axeCore}} */ (/** @type {unknown} */ (window))
  /** @type {string[][]} */
  const exclude = []
  for (;;) {
    const context = { include: [['html']], exclude }
    const { violations, passes, incomplete } = await axeHere.run(context, {
      resultTypes: ['violations'],
    })
    // A scroller that was scrolled out of a scroller lies outside of the grid that axe counts in; it throws then, and
    // judges no text at all. Without that one, which nobody sees, it goes on.
    const outside = incomplete
      .flatMap(({ nodes }) => nodes)
      .find(({ none }) => none.some(({ data }) => /exceeds the grid/.test(data?.message)))
    if (outside) {
      exclude.push(outside.target.map(String))
      continue
    }
    return {
      broken: violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
      ),
      judged: [...violations, ...passes].some(({ id }) => id === 'color-contrast'),
    }
  }
}
