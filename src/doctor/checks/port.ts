import { request as plainly } from 'node:http'
import { request as securely } from 'node:https'
import { createServer } from 'node:net'
import { urlHere } from '../../listen.js'
import { systemCode } from '../../store/reason.js'
import { version as own } from '../../version.js'
import type { Chart, Check, Patient, Running } from '../chart.js'

const PATIENCE_MS = 5_000

/** Either our own server has the port and is ready, or it is free. */
export const port: Check = async (patient, chart) => {
  const { port, host } = patient.config.server
  const running = await patient.running()
  if (running) return tellOurs(patient, running, chart)
  if (port === 0) return chart.ok('portAny')
  switch (await whyTaken(port, host)) {
    case undefined:
      return chart.ok('portFree', { port })
    case 'EADDRINUSE':
      return chart.fault('portTaken', { port, next: port + 1 })
    case 'EACCES':
      return chart.fault('portForbidden', { port })
    default:
      return chart.fault('portHost', { host })
  }
}

async function tellOurs(
  { config }: Patient,
  { port, version }: Running,
  chart: Chart,
): Promise<void> {
  if (version !== own) chart.warn('portOther', { version, own })
  const reason = await whyUnready(`${urlHere({ ...config.server, base_path: '' }, port)}/readyz`)
  if (reason === undefined) chart.ok('portOurs', { port, version })
  else chart.fault('portUnready', { port, reason })
}

/** Its own certificate may be anybody's: it is asked on this machine. */
const whyUnready = (url: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const ask = url.startsWith('https:') ? securely : plainly
    const asking = ask(url, { agent: false, rejectUnauthorized: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200 ? undefined : `status ${response.statusCode}`)
    })
    asking.setTimeout(PATIENCE_MS, () => asking.destroy(new Error('no answer')))
    asking.on('error', (error) => resolve(error.message))
    asking.end()
  })

const whyTaken = (port: number, host: string): Promise<unknown> =>
  new Promise((resolve) => {
    const trying = createServer()
    trying.once('error', (error) => resolve(systemCode(error)))
    trying.listen(port, host, () => trying.close(() => resolve(undefined)))
  })
