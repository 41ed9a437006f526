import { expect, test } from '@jest/globals'
import { Timeline, isItem } from '../../static/js/models/timeline.js'
import { history } from '../../static/js/room/history.js'
import { lines, said, snapshot } from './room-words.js'

type Page = { events: ReturnType<typeof lines>; more: boolean }

/** The page's history over a connection whose answers the test gives. */
function reading(head: number) {
  const timeline = new Timeline()
  timeline.join(snapshot(head))
  const answers: ((page?: Page) => void)[] = []
  const connection = {
    state: { name: 'open' as const },
    request: () =>
      new Promise<Page>((resolve, reject) =>
        answers.push((page) => (page ? resolve(page) : reject(new Error('not connected')))),
      ),
  }
  const paging = history({ room: 'lobby', timeline, connection, show: () => undefined })
  /** Answers what was asked n-th, and lets what follows happen. */
  const answer = async (nth: number, page?: Page) => {
    answers[nth]?.(page)
    await new Promise(setImmediate)
  }
  return {
    timeline,
    paging,
    answer,
    numbers: () => timeline.entries.filter(isItem).map(({ seq }) => seq),
  }
}

test('a page of another stretch than the one that is shown by then leaves no hole', async () => {
  const { timeline, paging, answer, numbers } = reading(900)
  void paging.older()
  void paging.around(100)
  await answer(1, { events: lines(51, 100), more: true })
  await answer(2, { events: lines(101, 150), more: true })
  await answer(0, { events: lines(801, 850), more: false })
  expect([numbers()[0], numbers().at(-1), timeline.older]).toEqual([51, 150, true])
})

test('what of a long snapshot is still to come is no part of the past', async () => {
  const { timeline, paging, answer, numbers } = reading(10)
  timeline.join({ ...snapshot(900, lines(800, 849)), more: true })
  void paging.around(100)
  await answer(0, { events: lines(51, 100), more: true })
  await answer(1, { events: lines(101, 150), more: true })
  timeline.receive(said(850))
  expect(numbers().at(-1)).toBe(150)
})

test('who is led somewhere hears whether an answer came', async () => {
  const { paging, answer } = reading(900)
  const [lost, led] = [paging.around(100), paging.around(200)]
  await answer(0)
  await answer(1)
  await answer(2, { events: lines(151, 200), more: true })
  await answer(3, { events: lines(201, 250), more: true })
  expect(await Promise.all([lost, led])).toEqual([false, true])
})
