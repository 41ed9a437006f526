/** A tool as its server describes it. */
export interface Tool {
  readonly name: string
  readonly description: string
  /** JSON Schema of its arguments. */
  readonly schema: Readonly<Record<string, unknown>>
}
