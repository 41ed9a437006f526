import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { botsFolder } from '../../dropin/bot-file.js'
import { systemCode } from '../../store/reason.js'
import type { Section } from '../../config.js'
import type { Check } from '../chart.js'
import { open, othersMay } from '../modes.js'

const PATIENCE_MS = 5_000
/** Settings that name an address of somebody else. */
const ADDRESSES = ['base_url', 'endpoint', 'url']

/** Plugins and bots: whether they load, whose files they are, and whether what they ask can be reached. */
export const bots: Check = async ({ config, load, network }, chart) => {
  const folder = botsFolder(config.file, config.server.data)
  if ([folder, ...filesIn(folder)].some((file) => open(file, othersMay.write)))
    chart.fault('botsOpen', { folder })
  await load() // each section, so its faults come out here
  chart.ok('bots', { count: config.plugins.length })

  const asked = config.plugins.flatMap((section) => addressOf(section) ?? [])
  if (asked.length > 0 && !network) return chart.ok('endpointUnasked')
  for (const { name, url } of asked) {
    const { host } = url
    const found = await reach(url)
    if (typeof found === 'number') chart.ok('endpoint', { name, host, status: found })
    else chart.warn('endpointGone', { name, host, reason: found })
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}

function addressOf({ name, settings }: Section): { name: string; url: URL } | undefined {
  const given = ADDRESSES.map((key) => settings[key]).find((value) => typeof value === 'string')
  if (typeof given !== 'string' || !URL.canParse(given)) return undefined
  const url = new URL(given)
  url.protocol = url.protocol.replace(/^ws/, 'http')
  return { name, url }
}

/** Any answer will do: no key is sent, so it is a refusal as a rule. What stands in the address may be a secret. */
async function reach(url: URL): Promise<number | string> {
  try {
    const init = { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) } as const
    const response = await fetch(url, init)
    await response.body?.cancel()
    return response.status
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    return String(systemCode(cause) ?? (error instanceof Error ? error.name : error))
  }
}
