import { once } from 'node:events'
import { createServer } from 'node:http'
import { answerTo } from './answers.mjs'
import { faultIn } from './faults.mjs'

const PATH = '/fcgi-bin/nlp/nlp_textchat'
const MOST_BYTES = 64 * 1024

/**
 * Tencent's nlp_textchat as it was documented, on the loopback interface.
 * @param {import('./fake.mjs').FakeOptions} options
 * @returns {Promise<import('./fake.mjs').FakeTextchat>}
 */
export async function startFakeTextchat({
  appId,
  appKey,
  qps = 0,
  now = Date.now,
  scenario = 'talk',
  port = 0,
  say = () => {},
}) {
  const scenes = [scenario].flat()
  scenes.forEach(checkScene)
  const requests = []
  const free = limitOf(qps, now)

  const answer = async (request, response) => {
    const { pathname, search } = new URL(request.url, 'http://localhost')
    if (pathname !== PATH) return void response.writeHead(404).end()
    const form = request.method === 'POST' ? await readBody(request) : search
    const parameters = Object.fromEntries(new URLSearchParams(form))
    const fault = faultIn(parameters, { appId, appKey, now: now() }) ?? (free() ? undefined : BUSY)
    const scene = scenes.length > 1 ? scenes.shift() : scenes[0]
    const asked = {
      parameters,
      contentType: request.headers['content-type'] ?? '',
      ...(fault ?? inScene(scene, parameters, requests.length)),
    }
    requests.push(asked)
    say(`${parameters.question ?? ''} → ret ${asked.ret} ${asked.answer || asked.msg}`)
    const play = fault ? undefined : stunts[scene]
    if (play) play(response)
    else if (!fault && scene.startsWith('status ')) response.writeHead(numberIn(scene)).end('no')
    else response.setHeader('content-type', 'application/json').end(jsonOf(asked))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${server.address().port}${PATH}`,
    requests,
    async close() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

const BUSY = { ret: 9, msg: 'qps over the limit', answer: '' }

/** What is not an answer of the service at all. */
const stunts = {
  html: (response) =>
    response.setHeader('content-type', 'text/html').end('<h1>502 Bad Gateway</h1>'),
  hang: () => {},
  drop: (response) => response.destroy(),
  huge: (response) => response.end(`{"ret":0,"data":{"answer":"${'哈'.repeat(3_500_000)}"}}`),
  cut: (response) => response.end('{"ret":0,"msg":"ok","data":{"answer":"我叫'),
}

function checkScene(scene) {
  if (scene === 'talk' || scene === 'long' || Object.hasOwn(stunts, scene)) return
  if (/^ret -?\d+$/.test(scene) || /^status [2-5]\d\d$/.test(scene)) return
  const known = ['talk', 'long', ...Object.keys(stunts), 'ret N', 'status N']
  throw new Error(`scenario takes ${known.join(', ')}, not "${scene}"`)
}

function limitOf(qps, now) {
  let second = 0
  let count = 0
  return function free() {
    const current = Math.floor(now() / 1000)
    count = current === second ? count + 1 : 1
    second = current
    return qps === 0 || count <= qps
  }
}

async function readBody(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MOST_BYTES) throw new Error('too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function inScene(scene, { question }, count) {
  if (scene.startsWith('ret '))
    return { ret: numberIn(scene), msg: `scenario "${scene}"`, answer: '' }
  const answer = scene === 'long' ? '哈'.repeat(5_000) : answerTo(question, count)
  return { ret: 0, msg: 'ok', answer }
}

const numberIn = (scene) => Number(scene.split(' ')[1])

const jsonOf = ({ ret, msg, answer, parameters: { session = '' } }) =>
  JSON.stringify({ ret, msg, data: { session, answer } })
