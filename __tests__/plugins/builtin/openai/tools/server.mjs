import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { z } from 'zod'

/**
 * A server of tools for the tests, made with the package that people make theirs with. Run by itself it speaks over
 * its standard input and output; `STARTS` is a file that gets a line for each start.
 */
export function toolServer() {
  const server = new McpServer({ name: 'tools-of-tests', version: '1.0.0' })
  const says = (text) => ({ content: [{ type: 'text', text }] })
  const numbers = { a: z.number(), b: z.number() }
  server.registerTool('add', { description: 'Adds', inputSchema: numbers }, ({ a, b }) =>
    says(`${a + b}`),
  )
  server.registerTool('secret', { description: 'Is not allowed' }, () => says('secret'))
  server.registerTool('long', { description: 'Says much' }, () =>
    says(`a\u0007b${'x'.repeat(20_000)}`),
  )
  server.registerTool('env', { description: 'What it got' }, () =>
    says(JSON.stringify([process.env['GIVEN'], process.env['NOT_GIVEN'], process.cwd()])),
  )
  server.registerTool('throw', { description: 'Throws' }, () => {
    throw new Error('at /home/ada/tool.js:3')
  })
  server.registerTool('picture', { description: 'Shows' }, () => ({
    content: [
      { type: 'image', data: 'AAAA', mimeType: 'image/png' },
      { type: 'resource', resource: { uri: 'file:///a', text: 'a text' } },
    ],
  }))
  server.registerTool(
    'slow',
    { description: 'Never ends' },
    ({ signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(says('stopped')))),
  )
  server.registerTool('die', { description: 'Dies' }, () => process.exit(3))
  return server
}

/** The same at an address of this machine; `refuse` is the status of its answers, if it has none of its own. */
export async function httpToolServer() {
  const { StreamableHTTPServerTransport } =
    await import('@modelcontextprotocol/sdk/server/streamableHttp.js')
  const requests = []
  const state = { refuse: 0 }
  const web = createServer((request, response) => {
    requests.push({ method: request.method, headers: request.headers })
    if (state.refuse > 0) return void response.writeHead(state.refuse).end()
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
    void toolServer()
      .connect(transport)
      .then(() => transport.handleRequest(request, response))
  })
  web.listen(0, '127.0.0.1')
  await once(web, 'listening')
  return {
    url: `http://127.0.0.1:${web.address().port}/mcp`,
    requests,
    state,
    async close() {
      web.closeAllConnections()
      await new Promise((resolve) => web.close(resolve))
    },
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { appendFileSync } = await import('node:fs')
  const { STARTS, GIVEN } = process.env
  if (STARTS) appendFileSync(STARTS, 'started\n')
  if (GIVEN) process.stderr.write(`starting with ${GIVEN}\n`)
  await toolServer().connect(new StdioServerTransport())
}
