import { fakeOpenAI } from './fake-openai/server.mjs'
import { scenarios } from './fake-openai/scenarios.mjs'
import { wordsBehind } from './words.mjs'

/**
 * A stand-in for a service of language models, on this machine: `node scripts/fake-openai.mjs --port 9100`,
 * then `base_url = http://127.0.0.1:9100/v1` and `model = ok`. The model's name chooses what goes wrong.
 */
const names = Object.keys(scenarios).join(', ')
const { values } = wordsBehind({
  usage: `node scripts/fake-openai.mjs [--port 9100]\nmodels: ${names}\n`,
  options: { port: { type: 'string', default: '9100' } },
})

const fake = await fakeOpenAI({ port: Number(values.port) })
process.stdout.write(`base_url = ${fake.url}\nmodels: ${names}\n`)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void fake.close())
