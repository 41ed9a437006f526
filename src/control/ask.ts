import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Lang } from '../i18n/index.js'
import { controlFile, hasControl } from './file.js'

/** What is asked for: the name of an act and what it needs. */
export interface Asked {
  act: string
  args: object
  /** Of the sentences in the answer. */
  lang: Lang
}

/** `result` as JSON, or why not, a sentence a fault. */
export type Answered = { result: unknown } | { faults: string[] }

/** Asks the server that runs on this data. @returns undefined: none runs, or none that can be asked. */
export async function askServer(data: string, asked: Asked): Promise<Answered | undefined> {
  if (!hasControl) return undefined
  try {
    return JSON.parse(await post(controlFile(data), JSON.stringify(asked)))
  } catch (error) {
    if (isNobody(error)) return undefined
    throw error
  }
}

const post = (socketPath: string, body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const asking = request({
      socketPath,
      method: 'POST',
      path: '/',
      agent: false,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    })
    asking.on('response', (response) => void text(response).then(resolve, reject))
    asking.on('error', reject)
    asking.end(body)
  })

/** No socket, one that was left behind, or a path that is too long for one. */
const isNobody = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  ['ENOENT', 'ECONNREFUSED', 'EINVAL', 'ENAMETOOLONG', 'ENOTSOCK'].includes(String(error.code))
