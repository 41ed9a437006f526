import { openStore } from '../../src/store/open.js'
import { threads } from '../helpers/threads.js'
import { belongingContract } from './belonging.js'
import { changesContract } from './changes.js'
import { storeContract, type Place } from './contract.js'
import { orderContract } from './order.js'
import { searchContract } from './searching.js'
import { keep, tempFolder, tidy } from '../helpers/tidy.js'

const findPlace = async (): Promise<Place> => {
  const data = await tempFolder()
  return { open: async () => keep(await openStore({ url: '', data, threads })), remove: tidy }
}

storeContract('SQLite', findPlace)
changesContract('SQLite', findPlace)
searchContract('SQLite', findPlace)
orderContract('SQLite', findPlace)
belongingContract('SQLite', findPlace)
