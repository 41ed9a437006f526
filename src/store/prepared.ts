import { sql, type Compilable, type CompiledQuery, type RawBuilder } from 'kysely'
import type { Db } from './schema.js'

/** Where a value will stand. */
class Slot {
  readonly index: number

  constructor(index: number) {
    this.index = index
  }
}

type Slots<Values extends unknown[]> = { [K in keyof Values]: RawBuilder<Values[K]> }

/**
 * A question that is asked again and again: put together and put into SQL when it is first asked, not each time, which
 * costs more than to answer it. Its text is the same however much is asked for at once, so that SQLite, too, takes it in
 * once: lists go into it as JSON ({@link listed}).
 * @param build Puts it together, with slots where the values will stand.
 * @returns the question with its values, to be asked by way of any connection.
 */
export function prepared<Values extends unknown[], Row>(
  build: (db: Db, ...slots: Slots<Values>) => Compilable<Row>,
): (db: Db, ...values: Values) => Compilable<Row> {
  let known: CompiledQuery<Row> | undefined
  const slots = Array.from({ length: build.length - 1 }, (_, index) => sql`${new Slot(index)}`)

  return (db, ...values) => ({
    compile() {
      known ??= build(db, ...(slots as Slots<Values>)).compile()
      const parameters = known.parameters.map((one) =>
        one instanceof Slot ? values[one.index] : one,
      )
      return { ...known, parameters }
    },
  })
}

/** The values of a list that is given as JSON. */
export const listed = <Value>(json: RawBuilder<string>) =>
  sql<Value>`(select value from json_each(${json}))`
