import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { openDatabase } from '../../src/store/sqlite/driver.js'
import { lobby } from '../helpers/lobby.js'

test('who came in before the rule of names changed keeps their name by the new one', async () => {
  const world = await lobby()
  await world.signIn('阿鳥')
  await world.server?.close()
  const db = openDatabase(join(world.folder, 'data', 'chat-room.db'))
  db.exec(
    "update users set skeleton = '阿鳥'; update meta set value = '1' where name = 'skeletons'",
  )
  db.close()
  await world.start()

  await expect(world.signIn('阿鸟')).rejects.toThrow('422')
})
