import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type LimitNode,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import { UNSEEN } from './limit.js'
import type { Thread } from './thread.js'
import type { Turns } from './turns.js'

/**
 * Kysely's way to a connection in its worker. A transaction has its turn alone, queries share theirs; who else uses
 * the thread takes turns of the same kind.
 * @param thread One that is open, or how to open it when it is first asked.
 */
export const threadDialect = (thread: Thread | (() => Promise<Thread>), turns: Turns): Dialect => ({
  createDriver: () =>
    new ThreadDriver(typeof thread === 'function' ? thread : async () => thread, turns),
  createQueryCompiler: () => new Compiler(),
  createAdapter: () => new TransactionalAdapter(),
  createIntrospector: (db) => new SqliteIntrospector(db),
})

/** Its statements stay planned, see {@link UNSEEN}. */
class Compiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    super.visitLimit(node)
    this.append(` ${UNSEEN}`)
  }
}

/** SQLite rolls back schema changes too, so a migration that fails leaves nothing behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class ThreadDriver implements Driver {
  readonly #open: () => Promise<Thread>
  readonly #turns: Turns
  #thread: Thread | undefined

  constructor(open: () => Promise<Thread>, turns: Turns) {
    this.#open = open
    this.#turns = turns
  }

  /** Called once, before the first query. */
  async init(): Promise<void> {
    this.#thread = await this.#open()
  }

  async acquireConnection(): Promise<ThreadConnection> {
    return new ThreadConnection(this.#ready, await this.#turns.share())
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof ThreadConnection) connection.endTurn()
  }

  /** One that only reads takes no lock, so that it works on a disk that is full or read-only. */
  async beginTransaction(
    connection: DatabaseConnection,
    { accessMode }: TransactionSettings,
  ): Promise<void> {
    if (connection instanceof ThreadConnection) await connection.alone(this.#turns)
    await this.#ready.run(accessMode === 'read only' ? 'begin' : 'begin immediate')
  }

  async commitTransaction(): Promise<void> {
    await this.#ready.run('commit')
  }

  async rollbackTransaction(): Promise<void> {
    await this.#ready.rollback()
  }

  /** Called once, if it was ever asked: the thread is closed when those before had their turns. */
  async destroy(): Promise<void> {
    await this.#turns.run(() => this.#ready.close())
  }

  get #ready(): Thread {
    if (!this.#thread) throw new Error('Kysely asks before init()')
    return this.#thread
  }
}

class ThreadConnection implements DatabaseConnection {
  readonly #thread: Thread
  #end: () => void

  /** @param end Ends the turn that it was given in. */
  constructor(thread: Thread, end: () => void) {
    this.#thread = thread
    this.#end = end
  }

  /** Gives up its turn for another one, which it has alone. */
  async alone(turns: Turns): Promise<void> {
    this.#end()
    this.#end = await turns.take()
  }

  endTurn(): void {
    this.#end()
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (givesRows(query)) return { rows: await this.#thread.rows(query.sql, query.parameters) }
    const changes = await this.#thread.run(query.sql, query.parameters)
    return { rows: [], numAffectedRows: BigInt(changes) }
  }

  streamQuery(): never {
    throw new Error('the store does not stream: read pages')
  }
}

function givesRows({ query }: CompiledQuery): boolean {
  switch (query.kind) {
    case 'InsertQueryNode':
    case 'UpdateQueryNode':
    case 'DeleteQueryNode':
      return query.returning !== undefined
    default:
      return true
  }
}
