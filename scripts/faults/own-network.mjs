import { runCase } from './machine.mjs'

/** One case of machine.mjs, in a network of its own: `node own-network.mjs NAME`; its outcome as JSON. */
console.log(JSON.stringify(await runCase(process.argv[2])))
