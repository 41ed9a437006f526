// Jest gives each file of tests its own copy of every module, read and compiled anew. The packages below are most of
// what our tests load, and they keep nothing from one use to the next: Node itself loads them, once for a worker.
const { SyntheticModule } = require('node:vm')
const Runtime = require('jest-runtime').default

/** Not among them: what holds state, what tests give false timers, and what throws errors that we know by their class. */
const SHARED = new Set(['axe-core', 'kysely', 'playwright-core', 'prom-client', 'qrcode', 'zod'])

/** Jest's own runtime of a file of tests, but for how it comes by these packages. */
module.exports = class extends Runtime {
  constructor(...how) {
    super(...how)
    const { esmLoader } = this
    const resolveModule = esmLoader.resolveModule.bind(esmLoader)
    const loaded = new Map()
    esmLoader.resolveModule = (specifier, from, context) => {
      const isOurs = !from.includes('/node_modules/') // a package may have another version than we
      if (!isOurs || !SHARED.has(specifier)) return resolveModule(specifier, from, context)
      if (!loaded.has(specifier)) loaded.set(specifier, load(specifier, context))
      return loaded.get(specifier)
    }
  }
}

/** @returns The package as a module of the tests' context. */
async function load(name, context) {
  const exported = await import(name)
  const names = Object.keys(exported)
  const module = new SyntheticModule(
    names,
    () => names.forEach((one) => module.setExport(one, exported[one])),
    { context, identifier: name },
  )
  await module.link(() => undefined)
  await module.evaluate()
  return module
}
