import { sql, type Kysely, type Migration } from 'kysely'

/** Up to which number messages are in the index; those beyond it are taken up behind the commit that keeps them. */
export const indexed: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      insert into meta (name, value)
      select 'indexed', coalesce(max(doc), 0) from (
        select max(doc) as doc from events where doc is not null
        union all select max(doc) from search_todo
      )
    `.execute(db)
  },
}
