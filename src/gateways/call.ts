/** A call of a program that speaks Satori, as it came over HTTP. */
export interface Call {
  method: string
  /** Without `Bearer `; '' if there was none. */
  token: string
  /** What the headers say of the account; '' if nothing. */
  platform: string
  user: string
  /** Reads the body, once it is known who asks. Rejects when it is too large or does not arrive. */
  body: () => Promise<string>
}

/** What its program reads. */
export interface Answer {
  status: number
  body: unknown
}
