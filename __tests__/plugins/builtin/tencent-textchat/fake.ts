import { afterEach } from '@jest/globals'
import {
  startFakeTextchat,
  type FakeOptions,
  type FakeTextchat,
} from '../../../../scripts/textchat/fake.mjs'

export const appId = 1_000_001
export const appKey = 'a95eceb1ac8c24ee28b70f7dbba912bf'

/** The service on a free port, closed after the test. `asked` resolves at the first request. */
export async function fakeService(
  options: Partial<FakeOptions> = {},
): Promise<FakeTextchat & { asked: Promise<void> }> {
  let tell = () => {}
  const asked = new Promise<void>((resolve) => (tell = resolve))
  const fake = await startFakeTextchat({ appId, appKey, say: () => tell(), ...options })
  open.push(fake)
  return { ...fake, asked }
}

const open: FakeTextchat[] = []
afterEach(async () => {
  for (const fake of open.splice(0)) await fake.close()
})
