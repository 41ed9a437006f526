/** What is wrong with a body: it is too long, comes too slowly, or cannot be read. */
export type BodyFault = 'large' | 'slow' | 'broken'

/** A call of a program that speaks Satori, as it came over HTTP. */
export interface Call {
  method: string
  /** Without `Bearer `; '' if there was none. */
  token: string
  /** What the headers say of the account; '' if nothing. */
  platform: string
  user: string
  /** Reads the body, once it is known who asks. */
  body: () => Promise<{ text: string } | { fault: BodyFault }>
}

/** What its program reads. */
export interface Answer {
  status: number
  body: unknown
}
