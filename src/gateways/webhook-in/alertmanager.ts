import { z } from 'zod'
import { texts, type Lang } from '../../i18n/index.js'
import { linesOf, link, listOf, words } from './fields.js'
import { HookError } from './hook-error.js'
import type { HookLine } from './slack.js'

const labels = z.record(z.string(), z.string()).catch({})
const alert = z.object({
  status: words,
  labels,
  annotations: labels,
  generatorURL: words,
})
const group = z.object({ status: words, title: words, message: words, alerts: listOf(alert, 20) })

/**
 * Reads alerts in version 4 of Alertmanager's form, which Grafana's generic webhook has too
 * (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config).
 * @throws {HookError} `invalid_payload`: no object; `no_text`: no alert and no words in it.
 */
export function fromAlertmanager(payload: unknown, lang: Lang): HookLine {
  const read = group.safeParse(payload)
  if (!read.success) throw new HookError('invalid_payload')
  const { title, message, alerts } = read.data
  const text = linesOf(
    ...(alerts.length > 0 ? alerts.map((one) => fromAlert(one, lang)) : [title, message]),
  )
  if (text === '') throw new HookError('no_text')
  return { text }
}

function fromAlert({ status, labels: named, annotations, generatorURL }: Alert, lang: Lang) {
  const { alertname, severity, instance, ...others } = named
  const { resolved, firing } = texts[lang].hooks.alerts
  const over = status === 'resolved'
  const name = link(alertname ?? annotations['title'] ?? '?', generatorURL)
  const about = [severity, instance].filter(Boolean).join(', ')
  const rest = Object.entries(others).map(([key, value]) => `${key}=${value}`)
  return linesOf(
    `${over ? '🟢' : '🔴'} **${over ? resolved : firing}** ${name}${about && ` (${about})`}`,
    annotations['summary'] ?? annotations['description'] ?? annotations['message'],
    rest.length > 0 ? `\`${rest.join(' ').replaceAll('`', "'")}\`` : undefined,
  )
}

type Alert = z.output<typeof alert>
