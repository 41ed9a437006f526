// npm run licences: docs/LICENSES.md, the licence of every package that runs in the server or its pages, from what is installed.
// `--check` tells instead what is not allowed, or has changed; `npm test` does so.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** Each of them lets a host use, change and hand on; of LGPL and the like none is among them. */
export const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
])

const root = new URL('../', import.meta.url)
const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'))

/**
 * The packages that an installation without development has, by the lock; those of another system may not be installed.
 * @returns {{ name: string, version: string, licence: string, script: boolean }[]}
 */
export function packages() {
  const { packages: locked } = read('package-lock.json')
  const found = Object.entries(locked)
    .filter(([at, { dev, devOptional, link }]) => at !== '' && !dev && !devOptional && !link)
    .map(([at, { version, license, hasInstallScript = false }]) => ({
      name: at.split('node_modules/').at(-1),
      version,
      licence: licenceOf(at, license),
      script: hasInstallScript,
    }))
  return found.toSorted((a, b) => compare(a.name, b.name) || compare(a.version, b.version))
}

/**
 * The packages that the pages' modules name, and those that these need: the build puts them into what browsers load.
 * @returns {{ name: string, version: string, licence: string }[]}
 */
export function bundled() {
  const { packages: locked } = read('package-lock.json')
  const found = new Map()
  /** As Node looks for it: beside who asks, then further up. */
  const take = (name, asker = '') => {
    const own = `${asker}node_modules/${name}`
    const at = locked[own] ? own : `node_modules/${name}`
    if (found.has(at) || !locked[at]) return
    const { version, license, dependencies = {} } = locked[at]
    found.set(at, { name, version, licence: licenceOf(at, license) })
    for (const one of Object.keys(dependencies)) take(one, `${at}/`)
  }
  const folder = new URL('static/js/', root)
  for (const file of readdirSync(folder, { recursive: true }).filter((one) => one.endsWith('.js')))
    for (const [, name] of readFileSync(new URL(file, folder), 'utf8').matchAll(IMPORT)) take(name)
  return [...found.values()].toSorted((a, b) => compare(a.name, b.name))
}

/** The package that a module is imported from, statically or later. */
const IMPORT = /(?:from |import\()'((?:@[\w.-]+\/)?[\w][\w.-]*)[^']*'/g

/** What the package itself says; the lock knows it as well. */
function licenceOf(at, locked) {
  const own = new URL(`${at}/package.json`, root)
  if (!existsSync(own)) return locked ?? 'none'
  const { license, licenses } = JSON.parse(readFileSync(own, 'utf8'))
  const said = license?.type ?? license ?? licenses?.map(({ type }) => type).join(' OR ')
  return said ?? locked ?? 'none'
}

/** `(MIT OR X)` may be used under either. @returns {boolean} */
export const isAllowed = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((each) => allowed.has(each)))

/** The document: of the server, and of its pages. @returns {string} */
export function documentOf(list, pages = []) {
  const counts = new Map()
  for (const { licence } of list) counts.set(licence, (counts.get(licence) ?? 0) + 1)
  const sums = [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([licence, count]) => `${licence} ${count}`)
  const scripts = list.filter(({ script }) => script).map(({ name }) => `\`${name}\``)
  return [
    '# Licences of what runs in the server',
    '',
    'Made by `npm run licences` from the lock and from what is installed; `npm test` looks that it is so still and that',
    'each is on the list of `scripts/licences.mjs`. chat-room itself is MIT ([LICENSE](../LICENSE)). What the build puts into',
    'the pages stands below, with what that needs.',
    '',
    `${list.length} packages: ${sums.join(', ')}.`,
    '',
    'Install scripts that npm would run, and that nobody needs (`npm ci --ignore-scripts` gives a server that works):',
    `${scripts.join(', ') || 'none'}.`,
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...rows(list),
    '',
    '## In the pages',
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...rows(pages),
    '',
  ].join('\n')
}

const rows = (list) =>
  list.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)

const compare = (a, b) => Number(a > b) - Number(a < b)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const list = packages()
  const pages = bundled()
  const refused = [...list, ...pages].filter(({ licence }) => !isAllowed(licence))
  for (const { name, licence } of refused) console.error(`${name} is under ${licence}`)
  const file = new URL('docs/LICENSES.md', root)
  if (process.argv.includes('--check')) {
    const stale = readFileSync(file, 'utf8') !== documentOf(list, pages)
    if (stale) console.error('docs/LICENSES.md is not of these packages: run "npm run licences"')
    process.exit(refused.length > 0 || stale ? 1 : 0)
  }
  writeFileSync(file, documentOf(list, pages))
  process.exit(refused.length > 0 ? 1 : 0)
}
