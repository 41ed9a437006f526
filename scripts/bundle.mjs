// The front end's part of `npm run build`: the modules of static/js/ become a file a page, and one for each part that
// is fetched later; the style sheets become one. With --watch it goes on, for `npm run dev`.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { build, context } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const outdir = join(root, 'dist', 'static')

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  outbase: 'static',
  outdir,
  bundle: true,
  minify: true,
  target: ['chrome108', 'safari16.4', 'firefox121'],
  legalComments: 'none',
  logLevel: 'warning',
}
/** @type {import('esbuild').BuildOptions} */
const files = {
  ...common,
  entryPoints: [
    'static/js/room.js',
    'static/js/signin.js',
    'static/js/host.js',
    'static/js/knock.js',
    'static/js/plain.js',
    'static/css/app.css',
  ],
  format: 'esm',
  splitting: true,
  // Under their content's name, browsers may keep them for a year; entries get it in their address.
  chunkNames: 'js/chunks/[name]-[hash]',
  sourcemap: true,
  // What Alpine and its reactivity are to know of the way they are built.
  define: { 'process.env.NODE_ENV': '"production"', ALPINE_VERSION: '""' },
  // markdown-it without what our part of Markdown never asks it for.
  alias: Object.fromEntries(
    ['entities', 'linkify-it', 'mdurl', 'punycode.js'].map((name) => [
      name,
      join(root, 'static', 'js', 'markdown', 'unused.js'),
    ]),
  ),
}
/** Written into the page itself. @type {import('esbuild').BuildOptions} */
const inPage = { ...common, entryPoints: ['static/js/early.js'], format: 'iife' }

if (process.argv.includes('--watch')) {
  for (const options of [files, inPage]) await (await context(options)).watch()
} else {
  await rm(outdir, { recursive: true, force: true }) // chunks of earlier builds have other names
  await Promise.all([files, inPage].map(build))
  await pack()
}

/** What is fetched most lies there packed as tightly as can be: while somebody waits there is no time for that. */
async function pack() {
  const made = await readdir(outdir, { recursive: true })
  const packed = made
    .filter((name) => /\.(?:js|css)$/.test(name))
    .map((name) => [join(outdir, name), join(outdir, `${name}.br`)])
  packed.push([join(root, 'static/faces.svg'), join(outdir, 'faces.svg.br')])
  const squeeze = promisify(brotliCompress)
  await Promise.all(
    packed.map(async ([from, to]) => writeFile(to, await squeeze(await readFile(from)))),
  )
}
