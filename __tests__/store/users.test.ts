import path from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { openStore } from '../../src/store/open.js'
import { threads } from '../helpers/threads.js'
import { openDatabase } from '../../src/store/sqlite/driver.js'
import { keep, tempFolder, tidy } from '../helpers/tidy.js'
import { signIn } from './world.js'

afterEach(tidy)

test('never gives the id of a deleted user again, even that of the last', async () => {
  const data = await tempFolder()
  const store = keep(await openStore({ url: '', data, threads }))
  const ada = await signIn(store, 'Ada')

  const db = openDatabase(path.join(data, 'chat-room.db'))
  db.exec('delete from sessions; delete from users')
  db.close()

  expect((await signIn(store, 'Grace')).id).toBe(ada.id + 1)
})
