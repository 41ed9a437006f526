import { expect, test } from '@jest/globals'
import { Behind } from '../../src/chat/behind.js'

const failed = (error: unknown): never => {
  throw error
}

/** Something that happens once. */
function signal() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve: () => resolve() }
}

test('what is given up before it was written is never written', async () => {
  const written: string[][] = []
  const behind = new Behind<string>({
    write: async (values) => void written.push(values),
    wait: 60_000,
    failed,
  })
  behind.put('ada', 'in')
  behind.put('bob', 'in')
  await behind.drop('ada')
  await behind.close()
  expect(written).toEqual([['in']])
})

test('what is being written is written before something newer is', async () => {
  const order: string[] = []
  const begun = signal()
  const end = signal()
  const write = async () => {
    begun.resolve()
    await end.promise
    order.push('written')
  }
  const behind = new Behind<string>({ write, wait: 0, failed })
  behind.put('ada', 'in')
  await begun.promise
  const dropped = behind.drop('ada').then(() => order.push('newer'))
  end.resolve()
  await dropped
  expect(order).toEqual(['written', 'newer'])
})
