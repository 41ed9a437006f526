import { openStore } from '../../src/store/open.js'
import { storeContract } from './contract.js'
import { keep, tempFolder, tidy } from './tidy.js'

storeContract('SQLite', async () => {
  const data = await tempFolder()
  return { open: async () => keep(await openStore({ url: '', data })), remove: tidy }
})
