/** A window of fewer pixels is low: a phone on its side, with its keyboard. */
const LOW = 340

/** iOS lays its keyboard over the page instead of making the window smaller: the page fits what is left. */
export function fitViewport() {
  const { visualViewport } = window
  visualViewport?.addEventListener('resize', () => fit(visualViewport))
  visualViewport?.addEventListener('scroll', () => fit(visualViewport))
  // To ask for its size now would have the page laid out in between.
  if (visualViewport) requestAnimationFrame(() => fit(visualViewport))
}

/** @param {VisualViewport} viewport */
function fit({ height, offsetTop, scale }) {
  if (scale !== 1) return // zoomed in: the person decides what is in view
  const { style, classList } = document.documentElement
  classList.toggle('is-low', height < LOW)
  const covered = window.innerHeight - height > 60
  // Without a value of its own, each is what the style sheet says.
  style.setProperty('--view-height', covered ? `${height}px` : '')
  style.setProperty('--view-top', covered ? `${offsetTop}px` : '')
}
