/** The plugins that come with the server, by what `use` calls them. They run in the server's own thread. */
export const builtins: Readonly<Record<string, () => Promise<unknown>>> = {
  'random-name': () => import('./random-name/index.js'),
  offline: () => import('./offline/index.js'),
  openai: () => import('./openai/index.js'),
}
