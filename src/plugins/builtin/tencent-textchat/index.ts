import { definePlugin } from '../../../plugin.js'
import { openService } from './service.js'
import { textchat } from './textchat.js'
import { consoleWords } from './words.js'

/** Beside two requests: the pause between them and the answer of who stands behind, in milliseconds. */
const SPARE_MS = 15_000

/**
 * The tutorial's own bot, over the protocol of Tencent's nlp_textchat. The service itself was closed, so
 * there is no default endpoint; without one, or without the keys, it registers nothing and says so.
 */
export default definePlugin({
  name: 'tencent-textchat',
  api: 1,
  config: {
    endpoint: { type: 'url', help: 'Address of a service that speaks nlp_textchat' },
    app_id: { type: 'int', min: 1, help: 'Number of your app' },
    app_key: { type: 'secret', help: 'Key of your app' },
    alias: { type: 'list', default: [], help: 'Other names it answers to' },
    timeout: { type: 'duration', default: 5_000, min: 1, help: 'How long one request may take' },
  },
  setup(host, { endpoint, app_id, app_key, alias, timeout }) {
    const words = consoleWords()
    if (endpoint === undefined) return host.log.warn(words.noEndpoint)
    if (!isPlain(new URL(endpoint))) throw new Error(words.badEndpoint)
    if (app_id === undefined || !app_key) return host.log.warn(words.noKeys)

    const ask = openService({ endpoint, appId: app_id, appKey: app_key, timeout })
    const names = [...alias, host.name]
    host.bot(textchat({ ask, names }), { timeout: 2 * timeout + SPARE_MS, leaves: [endpoint] })
  },
})

const isPlain = ({ protocol, username, password }: URL): boolean =>
  /^https?:$/.test(protocol) && username + password === ''
