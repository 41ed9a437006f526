/** Who asks. The stranger is signed in and was never in the room. */
export const ROLES = ['host', 'mod', 'maker', 'person', 'muted', 'stranger'] as const
export type Role = (typeof ROLES)[number]
/** By row: what each role gets. */
export type Table = Map<string, Record<Role, string>>

/** Something for each role. */
export const byRole = <T>(of: (role: Role) => T): Record<Role, T> => ({
  host: of('host'),
  mod: of('mod'),
  maker: of('maker'),
  person: of('person'),
  muted: of('muted'),
  stranger: of('stranger'),
})

/**
 * Who may do what where, asked over real sockets, all of it: role × frame × kind of room. The tables are what
 * people are promised; nothing here is taken from the code that keeps it.
 *
 * ok: done · no: denied · muted · away: not_joined · none: no_such_room · gone: no_such_message
 * closed: done, but the message asked nothing
 */
const PUBLIC = `
                  host   mod    maker  person muted  stranger
  history         ok     ok     ok     ok     ok     away
  members         ok     ok     ok     ok     ok     away
  bots            ok     ok     ok     ok     ok     away
  botHealth       ok     ok     no     no     no     away
  policy          ok     ok     ok     no     no     away
  commands        ok     ok     ok     ok     ok     away
  pins            ok     ok     ok     ok     ok     away
  search          ok     ok     ok     ok     ok     ok
  room            ok     ok     ok     ok     ok     ok
  notify          ok     ok     ok     ok     ok     away
  stop            gone   gone   gone   gone   gone   away
  report          ok     ok     ok     ok     ok     away
  typing          ok     ok     ok     ok     no     no
  read            ok     ok     ok     ok     ok     ok
  chat            ok     ok     ok     ok     muted  away
  callAll         ok     ok     ok     no     muted  away
  edit own        ok     ok     ok     ok     muted  away
  edit theirs     no     no     no     no     muted  away
  react           ok     ok     ok     ok     muted  away
  answer          closed closed closed closed muted  away
  pin             ok     ok     ok     no     no     away
  topic           ok     ok     ok     no     no     away
  recall theirs   ok     ok     ok     no     no     away
  recall own      ok     ok     ok     ok     ok     away
  settings        ok     ok     ok     no     no     no
  invite          ok     ok     ok     no     no     no
  invites         ok     ok     ok     no     no     no
  revoke          ok     ok     ok     no     no     no
  approve         ok     ok     ok     no     no     no
  mute            ok     ok     ok     no     no     away
  mute host       no     no     no     no     no     away
  mute mod        ok     no     no     no     no     away
  mute maker      ok     no     no     no     no     away
  mute self       no     no     no     no     no     away
  kick            ok     ok     ok     no     no     away
  ban             ok     ok     ok     no     no     away
  unban           ok     ok     ok     no     no     away
  bans            ok     ok     ok     no     no     away
  reports         ok     ok     ok     no     no     away
  handled         ok     ok     ok     no     no     away
  audit           ok     ok     ok     no     no     away
  leave           ok     ok     ok     ok     ok     away
  sync            away   away   away   away   away   away
  join            ok     ok     ok     ok     ok     ok
`

/** As public, but: it is in nobody's list, and found by nobody who has not been there. */
const UNLISTED = `
                  host   mod    maker  person muted  stranger
  search          ok     ok     ok     ok     ok     none
`

/** As public, but: for who was never let in, there is no such room. */
const PASSCODE = `
                  host   mod    maker  person muted  stranger
  history         ok     ok     ok     ok     ok     none
  members         ok     ok     ok     ok     ok     none
  bots            ok     ok     ok     ok     ok     none
  botHealth       ok     ok     no     no     no     none
  policy          ok     ok     ok     no     no     none
  commands        ok     ok     ok     ok     ok     none
  pins            ok     ok     ok     ok     ok     none
  search          ok     ok     ok     ok     ok     none
  room            ok     ok     ok     ok     ok     none
  notify          ok     ok     ok     ok     ok     none
  stop            gone   gone   gone   gone   gone   none
  report          ok     ok     ok     ok     ok     none
  chat            ok     ok     ok     ok     muted  none
  callAll         ok     ok     ok     no     muted  none
  edit own        ok     ok     ok     ok     muted  none
  edit theirs     no     no     no     no     muted  none
  react           ok     ok     ok     ok     muted  none
  answer          closed closed closed closed muted  none
  pin             ok     ok     ok     no     no     none
  topic           ok     ok     ok     no     no     none
  recall theirs   ok     ok     ok     no     no     none
  recall own      ok     ok     ok     ok     ok     none
  settings        ok     ok     ok     no     no     none
  invite          ok     ok     ok     no     no     none
  invites         ok     ok     ok     no     no     none
  revoke          ok     ok     ok     no     no     none
  approve         ok     ok     ok     no     no     none
  mute            ok     ok     ok     no     no     none
  mute host       no     no     no     no     no     none
  mute mod        ok     no     no     no     no     none
  mute maker      ok     no     no     no     no     none
  mute self       no     no     no     no     no     none
  kick            ok     ok     ok     no     no     none
  ban             ok     ok     ok     no     no     none
  unban           ok     ok     ok     no     no     none
  bans            ok     ok     ok     no     no     none
  reports         ok     ok     ok     no     no     none
  handled         ok     ok     ok     no     no     none
  audit           ok     ok     ok     no     no     none
  leave           ok     ok     ok     ok     ok     none
  sync            away   away   away   away   away   none
  join            ok     ok     ok     ok     ok     none
`

/** As public, but: who was never let in waits for a moderator, and learns nothing before. */
const APPROVAL = `
                  host   mod    maker  person muted  stranger
  search          ok     ok     ok     ok     ok     none
  room            ok     ok     ok     ok     ok     away
  settings        ok     ok     ok     no     no     away
  invite          ok     ok     ok     no     no     away
  invites         ok     ok     ok     no     no     away
  revoke          ok     ok     ok     no     no     away
  approve         ok     ok     ok     no     no     away
  join            ok     ok     ok     ok     ok     waiting
`

/** As public, but: only who has a role speaks. */
const ANNOUNCE = `
                  host   mod    maker  person muted  stranger
  typing          ok     ok     ok     no     no     no
  chat            ok     ok     ok     no     no     away
  callAll         ok     ok     ok     no     no     away
  edit own        ok     ok     ok     no     no     away
  edit theirs     no     no     no     no     no     away
`

/** As public, but: nothing in it changes, until it is taken out of the archive. */
const ARCHIVED = `
                  host   mod    maker  person muted  stranger
  typing          no     no     no     no     no     no
  chat            no     no     no     no     no     away
  callAll         no     no     no     no     no     away
  edit own        no     no     no     no     no     away
  edit theirs     no     no     no     no     no     away
  react           no     no     no     no     no     away
  answer          no     no     no     no     no     away
  pin             no     no     no     no     no     away
  topic           no     no     no     no     no     away
  recall theirs   no     no     no     no     no     away
  recall own      no     no     no     no     no     away
`

/** Of the maker and the person (and another of the maker and the muted one): nobody rules, nobody else is there. */
const DIRECT = `
                  host   mod    maker  person muted  stranger
  history         none   none   ok     ok     ok     none
  members         none   none   ok     ok     ok     none
  bots            none   none   ok     ok     ok     none
  botHealth       none   none   no     no     no     none
  policy          none   none   no     no     no     none
  commands        none   none   ok     ok     ok     none
  pins            none   none   ok     ok     ok     none
  search          none   none   ok     ok     ok     none
  room            none   none   ok     ok     ok     none
  notify          none   none   ok     ok     ok     none
  stop            none   none   gone   gone   gone   none
  report          none   none   ok     ok     ok     none
  typing          no     no     ok     ok     no     no
  read            ok     ok     ok     ok     ok     ok
  chat            none   none   ok     ok     muted  none
  callAll         none   none   no     no     muted  none
  edit own        none   none   ok     ok     muted  none
  edit theirs     none   none   no     no     muted  none
  react           none   none   ok     ok     muted  none
  answer          none   none   closed closed muted  none
  pin             none   none   ok     ok     muted  none
  topic           none   none   no     no     no     none
  recall theirs   none   none   no     no     no     none
  recall own      none   none   ok     ok     ok     none
  settings        none   none   no     no     no     none
  invite          none   none   no     no     no     none
  invites         none   none   no     no     no     none
  revoke          none   none   no     no     no     none
  approve         none   none   no     no     no     none
  mute            none   none   no     no     no     none
  mute host       none   none   no     no     no     none
  mute mod        none   none   no     no     no     none
  mute maker      none   none   no     no     no     none
  mute self       none   none   no     no     no     none
  kick            none   none   no     no     no     none
  ban             none   none   no     no     no     none
  unban           none   none   no     no     no     none
  bans            none   none   no     no     no     none
  reports         none   none   no     no     no     none
  handled         none   none   no     no     no     none
  audit           none   none   no     no     no     none
  leave           none   none   ok     ok     ok     none
  sync            none   none   away   away   away   none
  join            none   none   ok     ok     ok     none
`

/** Where no room is named, it is about the whole house. */
const HOUSE = `
                  host   mod    maker  person muted  stranger
  nickname        ok     ok     ok     ok     ok     ok
  rooms           ok     ok     ok     ok     ok     ok
  volume          ok     ok     ok     ok     ok     ok
  make            ok     ok     ok     ok     ok     ok
  direct          ok     ok     ok     ok     ok     ok
  search          ok     ok     ok     ok     ok     ok
  mute            ok     ok     no     no     no     no
  mute host       no     no     no     no     no     no
  mute mod        ok     no     no     no     no     no
  kick            ok     ok     no     no     no     no
  ban             ok     ok     no     no     no     no
  unban           ok     ok     no     no     no     no
  bans            ok     ok     no     no     no     no
  reports         ok     ok     no     no     no     no
  handled         ok     ok     no     no     no     no
  audit           ok     ok     no     no     no     no
  role            ok     no     no     no     no     no
  role host       no     no     no     no     no     no
`

/** By kind of room. */
export const promises: Record<string, Table> = {
  public: read(PUBLIC),
  unlisted: read(PUBLIC + UNLISTED),
  passcode: read(PUBLIC + PASSCODE),
  approval: read(PUBLIC + APPROVAL),
  announce: read(PUBLIC + ANNOUNCE),
  archived: read(PUBLIC + ARCHIVED),
  direct: read(DIRECT),
}
export const house: Table = read(HOUSE)

/** Of a row that stands there twice, the later counts. */
function read(text: string): Table {
  const table: Table = new Map()
  for (const line of text.trim().split('\n')) {
    const [, row = '', rest = ''] = /^\s*(\S+(?: \S+)?)\s{2,}(.*)$/.exec(line) ?? []
    const cells = rest.trim().split(/\s+/)
    if (row === '' || row === 'host' || cells.length !== ROLES.length) continue
    const of = (role: Role) => cells[ROLES.indexOf(role)] ?? ''
    table.set(row, byRole(of))
  }
  return table
}

/** A table as text, so that a difference shows its cell. */
export const shown = (table: Table): string =>
  [...table]
    .map(([row, cells]) => [row.padEnd(16), ...ROLES.map((role) => cells[role].padEnd(7))].join(''))
    .join('\n')
