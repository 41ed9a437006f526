// The second part of `npm run build`. The modules of static/js/ become a file a page, and one for each part that is
// fetched later; the style sheets become one. With --watch it goes on, for `npm run dev`.
// The server's modules and its packages become a few files as well: to find and link 800 of its own one by one took a
// third of the start and 10 MB, and the packages' a third of what was left. What they are is unchanged: `npm run dev` runs
// them as tsc leaves them, and the packages stay installed, for bots, and for what is looked up beside them.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, relative, sep } from 'node:path'
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
  entryPoints: ['static/js/room.js', 'static/css/app.css'],
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
/**
 * Each whole in a file of its own: what they share with a room is little, and would be one more request for all of them.
 * @type {import('esbuild').BuildOptions}
 */
const smallPages = {
  ...common,
  entryPoints: ['signin', 'host', 'knock', 'plain', 'tokens'].map((name) => `static/js/${name}.js`),
  format: 'esm',
  sourcemap: true,
}
/** Written into the page itself. @type {import('esbuild').BuildOptions} */
const inPage = { ...common, entryPoints: ['static/js/early.js'], format: 'iife' }

/** Every module finds what lies beside it, whichever file it is in now. @type {import('esbuild').Plugin} */
const ownPlaces = {
  name: 'own places',
  setup(bundler) {
    bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      contents: await placed(path, relative(join(root, 'src'), path).replace(/ts$/, 'js')),
      loader: 'ts',
    }))
    bundler.onLoad({ filter: /[/\\]node_modules[/\\].*js$/ }, async ({ path }) => ({
      contents: await placed(path, join('..', relative(root, path))),
      loader: 'js',
    }))
  },
}

/** @param {string} path @param {string} way From dist/. */
async function placed(path, way) {
  const text = await readFile(path, 'utf8')
  const here = `new URL('${way.replaceAll(sep, '/')}', import.meta.url.replace(/(.*\\/dist\\/).*/, '$1')).href`
  return text.replaceAll('import.meta.url', () => here)
}

/** Big tables, of which little is read. They stay packages, as does what is not needed at first: `import()`. */
const APART = new Set(['iconv-lite', 'mime-db'])
/** Made when first called: its regular expression and its Intl.Segmenter take 40 ms, for --help alone. */
const LATE = 'string-width'

/** What a module gets that imports a package. */
const packages = {
  name: 'packages',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path, kind, resolveDir }) => {
      if (kind === 'dynamic-import') return { path, external: true }
      if (APART.has(path)) return isOnTop(path, resolveDir) ? { path, external: true } : undefined
      if (kind !== 'import-statement' || path !== LATE) return undefined
      return { path: join(resolveDir, path), namespace: 'late', pluginData: resolveDir }
    })
    bundler.onLoad({ filter: /./, namespace: 'late' }, ({ pluginData }) => ({
      contents: `export default (...given) => require('${LATE}').default(...given)`,
      resolveDir: pluginData,
    }))
  },
}

/** What stays a package is looked up from dist/: a package that has another version of it for itself is to keep that. */
const isOnTop = (name, from) =>
  createRequire(join(from, 'index.js'))
    .resolve(name)
    .startsWith(join(root, 'node_modules', name) + sep)

/** What is begun, or asked for by its file's name: the program, its threads, what plugins and their tests import. */
const server = {
  absWorkingDir: root,
  outbase: 'src',
  outdir: join(root, 'dist'),
  entryPoints: [
    'src/cli.ts',
    'src/store/sqlite/worker.ts',
    'src/plugins/worker/inside/worker.ts',
    'src/plugin.ts',
    'src/testing/testing.ts',
  ],
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  chunkNames: 'chunks/[name]-[hash]',
  // Names of functions are not kept (keepNames): each closure would get its own by defineProperty, again and again for
  // every connection and line, and take 256 bytes for it.
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
  plugins: [ownPlaces, packages],
  // For packages that are CommonJS, and ask for what Node has.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
}

if (process.argv.includes('--watch')) {
  for (const options of [files, smallPages, inPage]) await (await context(options)).watch()
} else {
  // Chunks of earlier builds have other names.
  for (const folder of [outdir, join(root, 'dist', 'chunks')])
    await rm(folder, { recursive: true, force: true })
  await Promise.all([files, smallPages, inPage, server].map(build))
  await readAtOnce('js/room.js')
  await pack()
}

/**
 * Most of the room's script is called while its page opens. Chromium reads it whole beforehand where it is told so by this
 * line (explicit compile hints), beside the page's own thread; otherwise that stops at each function to read it.
 * @param {string} name
 */
async function readAtOnce(name) {
  const file = join(outdir, name)
  const script = await readFile(file, 'utf8')
  const map = JSON.parse(await readFile(`${file}.map`, 'utf8'))
  await writeFile(file, `//# allFunctionsCalledOnLoad\n${script}`)
  await writeFile(`${file}.map`, JSON.stringify({ ...map, mappings: `;${map.mappings}` }))
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
