/** What `ctx.reject` throws, so that it is told from a mistake. */
export class Rejection extends Error {
  override readonly name = 'Rejection'
}
