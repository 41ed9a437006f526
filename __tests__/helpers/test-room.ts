import { afterEach } from '@jest/globals'
import { testRoom, type TestRoom, type TestRoomOptions } from '../../src/testing/testing.js'

let room: TestRoom | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

/** A room of the test kit that is closed after the test. */
export async function open(options: TestRoomOptions): Promise<TestRoom> {
  room = await testRoom(options)
  return room
}
