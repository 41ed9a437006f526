/** The page is in view again, or the network went or came. @param {{connection: import('../socket.js').Connection, back: () => void}} room `back`: it is looked at. */
export function watchReturns({ connection, back }) {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return
    back()
    connection.wake()
  })
  window.addEventListener('offline', () => connection.lost())
  window.addEventListener('online', () => connection.found())
  window.addEventListener('pageshow', () => connection.wake())
}
