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
const options = {
  absWorkingDir: root,
  entryPoints: [
    'static/js/room.js',
    'static/js/signin.js',
    'static/js/host.js',
    'static/js/knock.js',
    'static/css/app.css',
  ],
  outbase: 'static',
  outdir,
  bundle: true,
  format: 'esm',
  splitting: true,
  // Under their content's name, browsers may keep them for a year; entries get it in their address.
  chunkNames: 'js/chunks/[name]-[hash]',
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
  await pack()
}

/** What is fetched most lies there packed as tightly as can be: while somebody waits there is no time for that. */
async function pack() {
  const made = await readdir(outdir, { recursive: true })
  const files = made
    .filter((name) => /\.(?:js|css)$/.test(name))
    .map((name) => [join(outdir, name), join(outdir, `${name}.br`)])
  files.push([join(root, 'static/faces.svg'), join(outdir, 'faces.svg.br')])
  const squeeze = promisify(brotliCompress)
  await Promise.all(
    files.map(async ([from, to]) => writeFile(to, await squeeze(await readFile(from)))),
  )
}
