// The front end's part of `npm run build`: the modules of static/js/ become a file a page, and one for each part that
// is fetched later. With --watch it goes on, for `npm run dev`.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, context } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const outdir = join(root, 'dist', 'static', 'js')

/** @type {import('esbuild').BuildOptions} */
const options = {
  absWorkingDir: root,
  entryPoints: [
    'static/js/room.js',
    'static/js/signin.js',
    'static/js/host.js',
    'static/js/knock.js',
  ],
  outdir,
  bundle: true,
  format: 'esm',
  splitting: true,
  // Under their content's name, browsers may keep them for a year; entries get it in their address.
  chunkNames: 'chunks/[name]-[hash]',
  minify: true,
  sourcemap: true,
  target: ['chrome108', 'safari16.4', 'firefox121'],
  legalComments: 'none',
  // markdown-it without what our part of Markdown never asks it for.
  alias: Object.fromEntries(
    ['entities', 'linkify-it', 'mdurl', 'punycode.js'].map((name) => [
      name,
      join(root, 'static', 'js', 'markdown', 'unused.js'),
    ]),
  ),
  logLevel: 'warning',
}

if (process.argv.includes('--watch')) {
  await (await context(options)).watch()
} else {
  await rm(outdir, { recursive: true, force: true }) // chunks of earlier builds have other names
  await build(options)
}
