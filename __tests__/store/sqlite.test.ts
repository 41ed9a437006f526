import { openStore } from '../../src/store/open.js'
import { storeContract } from './contract.js'
import { removeFolders, tempFolder } from './folders.js'

storeContract('SQLite', async () => {
  const data = await tempFolder()
  return { open: () => openStore({ url: '', data }), remove: removeFolders }
})
