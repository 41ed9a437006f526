/** How one request is answered, once it is right. `cut`: JSON that ends in the middle; `huge`: 10 MB. */
export type Scene =
  'talk' | 'html' | 'hang' | 'drop' | 'huge' | 'long' | 'cut' | `ret ${number}` | `status ${number}`

export interface FakeOptions {
  appId: number
  appKey: string
  /** Requests a second that are answered; the others get ret 9. 0: all of them. */
  qps?: number
  /** Milliseconds since 1970. */
  now?: () => number
  /** Of a list one for each request, the last for all that follow. */
  scenario?: Scene | readonly Scene[]
  /** 0, the default: any free one. */
  port?: number
  /** Told a line for each request. */
  say?: (line: string) => void
}

export interface Asked {
  parameters: Readonly<Record<string, string>>
  contentType: string
  ret: number
  /** Why it was refused. */
  msg: string
  /** What was answered, when `ret` is 0. */
  answer: string
}

export interface FakeTextchat {
  /** Up to and with `/nlp_textchat`. */
  endpoint: string
  /** Every request so far, in order. */
  requests: readonly Asked[]
  close(): Promise<void>
}

/**
 * Tencent's nlp_textchat as it was documented, on the loopback interface.
 * @throws {Error} for a scene that it does not know, and when the port is taken.
 */
export function startFakeTextchat(options: FakeOptions): Promise<FakeTextchat>
