import { request as plainly } from 'node:http'
import { request as securely } from 'node:https'
import { createServer } from 'node:net'
import { z } from 'zod'
import { askServer } from '../../control/ask.js'
import { urlHere } from '../../listen.js'
import { systemCode } from '../../store/reason.js'
import { version as own } from '../../version.js'
import type { Chart, Check, Patient } from '../chart.js'

const PATIENCE_MS = 5_000

const status = z.object({ version: z.string(), port: z.number() })

/** Either our own server has the port and is ready, or it is free. */
export const port: Check = async (patient, chart) => {
  const { data, port, host } = patient.config.server
  const answered = await askServer(data, { act: 'status', args: {}, lang: patient.lang })
  if (answered) return tellOurs(patient, answered, chart)
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

async function tellOurs({ config }: Patient, answered: object, chart: Chart): Promise<void> {
  // An older one does not know the question.
  const known = status.safeParse('result' in answered ? answered.result : undefined).data
  const { port, version } = known ?? { port: config.server.port, version: '?' }
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
