import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { begin } from '../../../scripts/compat/child.mjs'
import { freePort } from '../../../scripts/program.mjs'

const program = process.env.ALERTMANAGER ?? 'prometheus-alertmanager'
const asked = spawnSync(program, ['--version'], { encoding: 'utf8' })

export const version = () =>
  `prometheus-alertmanager ${/version (\S+)/.exec(`${asked.stdout}${asked.stderr}`)?.[1] ?? ''}`.trim()

export const missing = () =>
  asked.status === 0
    ? undefined
    : 'install it with "apt-get install prometheus-alertmanager", or say ALERTMANAGER=/path/to/it'

const tokens = {
  slack: 'a-token-for-slack',
  discord: 'a-token-for-discord',
  own: 'a-token-for-itself',
}

export const options = () => ({
  bots: Object.entries(tokens)
    .map(([name, token]) => `[bot:${name}]\nuse = webhook-in\ntoken = ${token}\n`)
    .join('\n'),
})

/** Debian's Alertmanager, which sends one alert in each of the forms that it knows and we take. */
export async function* run({ url, person, atEnd }) {
  const folder = await mkdtemp(join(tmpdir(), 'alertmanager-'))
  atEnd(() => rm(folder, { recursive: true, force: true }))
  const config = join(folder, 'alertmanager.yml')
  await writeFile(config, configOf(url))
  const at = `127.0.0.1:${await freePort()}`
  const alertmanager = begin({
    command: program,
    args: [
      `--config.file=${config}`,
      `--storage.path=${folder}`,
      `--web.listen-address=${at}`,
      '--cluster.listen-address=',
    ],
    cwd: folder,
    ready: /Listening on/,
    atEnd,
  })
  await alertmanager.ready
  const alert = {
    labels: { alertname: '磁盘将满', instance: 'h1', severity: 'page' },
    annotations: { summary: '/ 95% <b>' },
    generatorURL: 'https://prometheus.example/graph',
  }
  const post = async (more) => {
    const { status } = await fetch(`http://${at}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ ...alert, ...more }]),
    })
    if (status !== 200) throw new Error(`Alertmanager answered ${status}`)
  }
  const people = {
    own: await person('ada'),
    slack: await person('bob'),
    discord: await person('cat'),
  }
  const says = (bot, pattern) =>
    people[bot].meets(
      (frame) => frame.type === 'chat' && frame.user.name === bot && pattern.test(frame.data),
      `${pattern} of ${bot}`,
    )

  const heard = {
    own: /^🔴 .*磁盘将满.*\(page, h1\)\n\/ 95% <b>$/,
    slack: /^\*\*Alertmanager\*\*\n🔴 .*FIRING:1.*磁盘将满/s,
    discord: /FIRING:1.*磁盘将满[\s\S]*\/ 95% <b>/,
  }
  await post({})
  const firing = await Promise.allSettled(
    Object.entries(heard).map(([bot, pattern]) => says(bot, pattern)),
  )
  yield* Object.keys(heard).map((bot, n) => [`an alert in the form of ${bot}`, outcome(firing[n])])

  await post({ endsAt: new Date().toISOString() })
  const over = await Promise.allSettled([
    says('own', /^🟢/),
    says('slack', /🟢[\s\S]*RESOLVED/),
    says('discord', /RESOLVED/),
  ])
  yield* Object.keys(heard).map((bot, n) => [
    `that it is over, in the form of ${bot}`,
    outcome(over[n]),
  ])

  const metrics = await (await fetch(`http://${at}/metrics`)).text()
  const failures = [...metrics.matchAll(/^alertmanager_notifications_failed_total\S* (\d+)$/gm)]
  yield [
    'it counts no delivery as failed',
    failures.length > 0 && failures.every(([, n]) => n === '0'),
  ]
}

const outcome =
  ({ status, reason }) =>
  () => {
    if (status === 'rejected') throw reason
  }

const configOf = (url) => `route:
  receiver: all
  group_by: [alertname]
  group_wait: 10ms
  group_interval: 100ms
receivers:
  - name: all
    slack_configs:
      - api_url: ${url}/services/T1/B1/${tokens.slack}
        channel: '#ops'
        send_resolved: true
    discord_configs:
      - webhook_url: ${url}/api/webhooks/1/${tokens.discord}
        send_resolved: true
    webhook_configs:
      - url: ${url}/hooks/${tokens.own}/alertmanager
`
