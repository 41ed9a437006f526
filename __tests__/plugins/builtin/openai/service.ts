import { afterEach } from '@jest/globals'
import { fakeOpenAI, type FakeOpenAI } from '../../../../scripts/fake-openai/server.mjs'

const open = new Set<FakeOpenAI>()
afterEach(async () => {
  await Promise.all([...open].map((fake) => fake.close()))
  open.clear()
})

/** A local service that plays a scenario; it is closed after the test. */
export async function service(scenario: string): Promise<FakeOpenAI> {
  const fake = await fakeOpenAI({ scenario })
  open.add(fake)
  return fake
}
