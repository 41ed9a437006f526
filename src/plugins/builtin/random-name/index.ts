import { definePlugin } from '../../../plugin.js'
import { nicknames } from './nicknames.js'

/** Gives visitors a nickname to start with: `林清晴` in Chinese, `Sunny Otter` in English. */
export default definePlugin({
  name: 'random-name',
  api: 1,
  config: {
    locale: {
      type: 'enum',
      values: ['auto', 'zh', 'en'],
      default: 'auto',
      help: 'Language of the names: auto (the visitor’s own), zh or en',
    },
  },
  setup(host, { locale }) {
    host.nickname(nicknames({ locale: locale === 'zh' || locale === 'en' ? locale : 'auto' }))
  },
})
