/**
 * Makes the children of an element what they are to be, and leaves alone what is so already: text that grew is appended
 * to, so that nothing flickers and what is selected stays so.
 * @param {Element} parent @param {readonly (Node | string)[]} children
 */
export function morph(parent, children) {
  children.forEach((child, place) => {
    const old = parent.childNodes[place]
    const fresh = typeof child === 'string' ? new Text(child) : child
    if (old) morphInto(old, fresh)
    else parent.append(fresh)
  })
  while (parent.childNodes.length > children.length) parent.lastChild?.remove()
}

/** The same for one node: it becomes the other, or makes room for it. @param {ChildNode} old @param {Node} fresh */
export function morphInto(old, fresh) {
  if (!become(old, fresh)) old.replaceWith(fresh)
}

/** @param {Node} old @param {Node} fresh @returns {boolean} Otherwise another node is to take its place. */
function become(old, fresh) {
  if (old instanceof Text && fresh instanceof Text) rewrite(old, fresh.data)
  else if (old instanceof Element && fresh instanceof Element && old.tagName === fresh.tagName) {
    dress(old, fresh)
    morph(old, [...fresh.childNodes])
  } else return false
  return true
}

/** @param {Text} text @param {string} data */
function rewrite(text, data) {
  if (text.data === data) return
  if (data.startsWith(text.data)) text.appendData(data.slice(text.length))
  else text.data = data
}

/** @param {Element} old @param {Element} fresh */
function dress(old, fresh) {
  for (const name of old.getAttributeNames())
    if (!fresh.hasAttribute(name)) old.removeAttribute(name)
  for (const name of fresh.getAttributeNames()) {
    const value = fresh.getAttribute(name) ?? ''
    if (old.getAttribute(name) !== value) old.setAttribute(name, value)
  }
}
