// `npm ci` refuses a lockfile that lacks a platform's optional package, and a lockfile with addresses ties
// everybody to one registry. Both slip in unseen with `npm install`, so they are looked for here.
import { readFileSync } from 'node:fs'

const locks = [
  'package-lock.json',
  '__tests__/compat/package-lock.json',
  'scripts/bench/package-lock.json',
]
const faults = locks.flatMap((lock) => faultsOf(lock).map((fault) => `${lock}: ${fault}`))

if (faults.length > 0) {
  console.error(`what cannot be shared as it is:\n${faults.join('\n')}`)
  console.error(
    'Make the lock anew with "npm install --package-lock-only" in a copy without node_modules.',
  )
  process.exit(1)
}
console.log(`${locks.join(', ')}: complete, and without addresses`)

function faultsOf(lock) {
  const { packages } = JSON.parse(readFileSync(new URL(`../${lock}`, import.meta.url), 'utf8'))
  return Object.entries(packages).flatMap(([at, { resolved, link, optionalDependencies = {} }]) => {
    const missing = Object.keys(optionalDependencies).filter(
      (name) => !isLocked(packages, at, name),
    )
    const told = missing.map((name) => `${at || 'package.json'} lacks its optional package ${name}`)
    const isOurs = link || resolved?.startsWith('file:')
    return resolved && !isOurs ? told.concat(`${at} has a "resolved" address`) : told
  })
}

/** Whether a package is found from a folder as Node does: there, or in a folder above. */
function isLocked(packages, at, name) {
  const above = at.split(/(?:^|\/)node_modules\//)
  return above.some((_, depth) => {
    const folders = above.slice(1, above.length - depth)
    return [...folders, name].map((folder) => `node_modules/${folder}`).join('/') in packages
  })
}
