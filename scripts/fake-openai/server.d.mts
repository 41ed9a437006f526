import type { IncomingHttpHeaders } from 'node:http'

export interface FakeRequest {
  path: string
  headers: IncomingHttpHeaders
  body: {
    model: string
    stream: boolean
    messages: { role: string; content: string; tool_call_id?: string; tool_calls?: object[] }[]
    tools?: { type: string; function: { name: string; description: string; parameters: object } }[]
    tool_choice?: string
    temperature?: number
    max_tokens?: number
    stream_options?: object
  }
  /** Resolves when its connection is done with it. */
  gone: Promise<unknown>
}

export interface FakeOpenAI {
  /** `http://127.0.0.1:PORT/v1` */
  url: string
  requests: FakeRequest[]
  release(): void
  request(index?: number): Promise<FakeRequest>
  close(): Promise<void>
}

export function fakeOpenAI(options?: { scenario?: string; port?: number }): Promise<FakeOpenAI>
