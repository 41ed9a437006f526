/**
 * Pictures and files cannot be sent: whoever pastes or drops one is told so, and the page stays where it is.
 * @param {{tell: () => void}} options
 */
export function refuseFiles({ tell }) {
  document.addEventListener('paste', ({ clipboardData }) => {
    if (isFile(clipboardData) && !clipboardData?.getData('text/plain')) tell()
  })
  document.addEventListener('dragover', (event) => {
    if (isFile(event.dataTransfer)) event.preventDefault() // else the browser would open it in place of the page
  })
  document.addEventListener('drop', (event) => {
    if (!isFile(event.dataTransfer)) return
    event.preventDefault()
    tell()
  })
}

/** @param {DataTransfer | null} data */
const isFile = (data) => data?.types.includes('Files') === true
