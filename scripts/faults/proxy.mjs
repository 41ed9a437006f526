import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/**
 * A TCP line to a server that can be cut or fall silent.
 * @param {number} port Of the server.
 */
export async function openProxy(port) {
  const lines = new Set()
  const state = { cutAfter: Infinity, silent: false }
  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port })
    const line = { near, far, left: state.cutAfter }
    lines.add(line)
    const end = () => {
      if (state.silent) return
      lines.delete(line)
      near.destroy()
      far.destroy()
    }
    for (const [from, to] of [
      [near, far],
      [far, near],
    ]) {
      from.on('data', (bytes) => {
        if (state.silent) return // as if a cable were out: nobody is told
        to.write(bytes.subarray(0, line.left))
        line.left -= bytes.length
        if (line.left <= 0) end()
      })
      from.on('error', () => {})
      from.on('close', end)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Of lines to come: they break after so many bytes of both sides. */
    cutAfter: (bytes) => (state.cutAfter = bytes),
    silence: (on) => (state.silent = on),
    cutAll() {
      for (const { near } of lines) near.destroy()
    },
    async close() {
      this.cutAll()
      server.close()
      await once(server, 'close')
    },
  }
}
