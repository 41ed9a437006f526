import { Migrator, type Kysely } from 'kysely'
import type { Schema } from '../schema.js'
import { StoreError } from '../store.js'
import { migrations } from './index.js'

/**
 * Brings the tables up to this version, in one transaction.
 * @throws {NewerSchemaError} a newer version wrote here; nothing was changed.
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const unknown = (await applied(db)).find((name) => !Object.hasOwn(migrations, name))
  if (unknown) throw new NewerSchemaError(unknown)

  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error instanceof StoreError) throw error
  if (error) throw new StoreError('the tables could not be brought up to date', { cause: error })
}

/** A newer version of the program has changed the tables in a way that this one does not know. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError'
  readonly migration: string

  constructor(migration: string) {
    super(`unknown migration ${migration}`)
    this.migration = migration
  }
}

/** Names of the steps that were taken before. */
async function applied(db: Kysely<Schema>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const steps = db.withTables<{ kysely_migration: { name: string } }>()
  const rows = await steps.selectFrom('kysely_migration').select('name').execute()
  return rows.map(({ name }) => name)
}
