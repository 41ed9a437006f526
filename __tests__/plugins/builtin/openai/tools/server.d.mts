import type { IncomingHttpHeaders } from 'node:http'

export interface HttpToolServer {
  url: string
  requests: { method: string; headers: IncomingHttpHeaders }[]
  state: { refuse: number }
  close(): Promise<void>
}

export function httpToolServer(): Promise<HttpToolServer>
