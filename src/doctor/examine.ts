import { z } from 'zod'
import { askServer } from '../control/ask.js'
import { listening } from '../commands/addresses.js'
import { StartError } from '../errors.js'
import { reasonOf } from '../store/reason.js'
import { Chart, type Check, type Patient, type Running } from './chart.js'
import { addresses } from './checks/addresses.js'
import { backup } from './checks/backup.js'
import { bots } from './checks/bots.js'
import { data } from './checks/data.js'
import { files } from './checks/files.js'
import { node } from './checks/node.js'
import { port } from './checks/port.js'
import { proxy } from './checks/proxy.js'
import { settings } from './checks/settings.js'
import { store } from './checks/store.js'
import { tls } from './checks/tls.js'

/** In the order in which one would mend things. */
const checks: readonly Check[] = [
  node,
  settings,
  data,
  store,
  files,
  port,
  tls,
  proxy,
  addresses,
  bots,
  backup,
]

const status = z.object({ version: z.string(), port: z.number(), listening: listening.optional() })

/** Looks at everything; what cannot be looked at does not keep the rest from it. */
export async function examineAll(about: Omit<Patient, 'running'>): Promise<Chart> {
  const chart = new Chart(about.lang)
  let asked: Promise<Running | undefined> | undefined
  const patient: Patient = { ...about, running: () => (asked ??= runningServer(about)) }
  for (const check of checks) {
    try {
      await check(patient, chart)
    } catch (error) {
      if (error instanceof StartError)
        for (const fault of error.faults) chart.told('fault', check.name, fault)
      else chart.warn('failed', { reason: `${check.name}: ${reasonOf(error)}` })
    }
  }
  return chart
}

async function runningServer({
  config,
  lang,
}: Pick<Patient, 'config' | 'lang'>): Promise<Running | undefined> {
  const { data, port } = config.server
  const answered = await askServer(data, { act: 'status', args: {}, lang })
  if (!answered) return undefined
  // An older one does not know the question.
  const known = status.safeParse('result' in answered ? answered.result : undefined).data
  return known ?? { port, version: '?' }
}
