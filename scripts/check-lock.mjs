// `npm ci` refuses a lockfile that lacks a platform's optional package, and a lockfile with addresses ties
// everybody to one registry. Both slip in unseen with `npm install`, so they are looked for here.
import { readFileSync } from 'node:fs'

const lock = new URL('../package-lock.json', import.meta.url)
const { packages } = JSON.parse(readFileSync(lock, 'utf8'))
const faults = Object.entries(packages).flatMap(
  ([at, { resolved, link, optionalDependencies = {} }]) => {
    const missing = Object.keys(optionalDependencies).filter((name) => !isLocked(at, name))
    const told = missing.map((name) => `${at || 'package.json'} lacks its optional package ${name}`)
    return resolved && !link ? told.concat(`${at} has a "resolved" address`) : told
  },
)

if (faults.length > 0) {
  console.error(`package-lock.json cannot be shared as it is:\n${faults.join('\n')}`)
  console.error(
    'Make it anew with "npm install --package-lock-only" in a copy without node_modules.',
  )
  process.exit(1)
}
console.log('package-lock.json: complete, and without addresses')

/** Whether a package is found from a folder as Node does: there, or in a folder above. */
function isLocked(at, name) {
  const above = at.split(/(?:^|\/)node_modules\//)
  return above.some((_, depth) => {
    const folders = above.slice(1, above.length - depth)
    return [...folders, name].map((folder) => `node_modules/${folder}`).join('/') in packages
  })
}
