import type { ToolServer } from '../../tool-server.js'
import { withFallback } from './fallback.js'

/** The plugins that come with the server, by what `use` calls them. They run in the server's own thread. */
export const builtins: Readonly<Record<string, () => Promise<unknown>>> = {
  'random-name': () => import('./random-name/index.js'),
  offline: () => import('./offline/index.js'),
  echo: () => import('./echo/index.js'),
  dice: () => import('./dice/index.js'),
  welcome: () => import('./welcome/index.js'),
  keywords: () => import('./keywords/index.js'),
  poll: () => import('./poll/index.js'),
  reminder: () => import('./reminder/index.js'),
  moderation: () => import('./moderation/index.js'),
  openai: () => import('./openai/index.js'),
  'tencent-textchat': async () => {
    const { default: textchat } = await import('./tencent-textchat/index.js')
    const { default: offline } = await import('./offline/index.js')
    return { default: withFallback(textchat, offline) }
  },
}

/** The same, where bots may use tools of these servers. */
export const builtinsWith = (servers: readonly ToolServer[]): typeof builtins => ({
  ...builtins,
  openai: async () => ({ default: (await import('./openai/index.js')).openai(servers) }),
})
