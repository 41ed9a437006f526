/** A `[mcp:NAME]`: a server of tools that bots may use, a program on this machine or an address. */
export interface ToolServer {
  readonly name: string
  /** The program, and the folder it runs in; '' where there is an address. */
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  /** What it gets besides the little that every program gets. */
  readonly env: Readonly<Record<string, string>>
  /** Where it speaks streamable HTTP; '' where there is a program. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Names of the tools that may be used; `*` is all of them. */
  readonly tools: readonly string[]
  /** How long one call may take, in milliseconds. */
  readonly timeout: number
}
