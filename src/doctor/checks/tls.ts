import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Check } from '../chart.js'
import { open, othersMay } from '../modes.js'

const SOON_MS = 21 * 86_400_000

/** That the files can be read and fit together is sure by now: the settings are not read otherwise. */
export const tls: Check = ({ config }, chart) => {
  const { tls_cert, tls_key, origins } = config.server
  if (tls_cert === '') return chart.ok('tlsNone')
  const certificate = new X509Certificate(readFileSync(tls_cert))
  const names = (certificate.subjectAltName ?? certificate.subject).replace(/DNS:|IP Address:/g, '')
  const [from, until] = [certificate.validFrom, certificate.validTo].map((at) => new Date(at))
  const day = (at?: Date) => at?.toISOString().slice(0, 10) ?? '?'
  const left = Number(until) - Date.now()
  if (left < 0) chart.fault('tlsOver', { names, until: day(until) })
  else if (Number(from) > Date.now()) chart.fault('tlsEarly', { names, from: day(from) })
  else if (left < SOON_MS) chart.warn('tlsSoon', { names, until: day(until) })
  else chart.ok('tls', { names, until: day(until) })
  for (const host of hostsOf(origins)) {
    if (certificate.checkHost(host) === undefined) chart.warn('tlsName', { names, host })
  }
  if (open(tls_key, othersMay.anything)) chart.fault('keyOpen', { file: tls_key })
}

const hostsOf = (origins: readonly string[]): string[] =>
  origins
    .filter((origin) => origin.startsWith('https://'))
    .map((origin) => new URL(origin).hostname)
