// node build.mjs: bundles the server and the commands into dist/, and what browsers load into dist/assets/.
// --if-stale does nothing when dist/ was built from these sources; --assets leaves the server out.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** Most bytes that may travel, compressed where that helps. A build over budget fails. */
const budgets = {
  'portal.css': 18_000,
  'portal.js': 4_096,
  'passkey.js': 4_096,
  'geist-latin-wght-normal.woff2': 30_000,
}

const root = import.meta.dirname
const dist = join(root, 'dist')
const stampFile = join(dist, '.stamp')

/** Files below a folder, as paths from the root. Works on Node 20 too, which only gets as far as `isStale`. */
const filesIn = (folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    : []

const inputs = () =>
  ['build.mjs', 'package-lock.json', 'tsconfig.json', ...filesIn('src'), ...filesIn('bench')].sort()

function stamp() {
  const hash = createHash('sha256')
  for (const file of inputs()) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** Whether dist/ was built from other sources than these. */
export const isStale = () => !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp()

const tailwind = {
  name: 'tailwind',
  setup(build) {
    build.onLoad({ filter: /portal\.css$/ }, async ({ path }) => {
      const cli = join(root, 'node_modules/@tailwindcss/cli/dist/index.mjs')
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [cli, '-i', path, '-o', '-', '--silent'],
        {
          cwd: root,
          maxBuffer: 8 << 20,
        },
      )
      return { contents: stdout, loader: 'css', resolveDir: dirname(path) }
    })
  },
}

const serverBuild = (esbuild) =>
  esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/server.ts', ...filesIn('src/cli')].filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && existsSync(join(root, file)),
    ),
    outdir: 'dist',
    entryNames: '[name]',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: 'linked',
    write: false,
    logLevel: 'warning',
  })

const browserBuild = (esbuild) =>
  esbuild.build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'src/islands/index.ts', out: 'portal' },
      { in: 'src/islands/passkey.ts', out: 'passkey' },
      { in: 'src/web/styles/portal.css', out: 'portal' },
      { in: 'src/web/styles/img/icon.svg', out: 'icon' },
    ],
    outdir: 'dist/assets',
    entryNames: '[name].[hash]',
    assetNames: '[name].[hash]',
    loader: { '.woff2': 'copy', '.svg': 'copy' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    supported: { nesting: true },
    plugins: [tailwind],
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
  })

/** Adds the compressed siblings and the manifest; answers the compressed size of each file by its plain name. */
function writeAssets(files) {
  const manifest = {}
  const sizes = {}
  for (const { path, contents } of files) {
    const name = basename(path).replace(/\.[A-Z0-9]{8}\./, '.')
    manifest[name] = basename(path)
    writeFileSync(path, contents)
    sizes[name] = contents.length
    if (path.endsWith('.woff2')) continue
    const gzip = gzipSync(contents, { level: 9 })
    writeFileSync(`${path}.gz`, gzip)
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    )
    sizes[name] = gzip.length
  }
  writeFileSync(join(dist, 'assets/manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return sizes
}

function keepBudgets(sizes) {
  for (const [name, budget] of Object.entries(budgets)) {
    if (sizes[name] > budget)
      throw new Error(`${name} is ${sizes[name]} bytes compressed, its budget is ${budget}`)
  }
}

async function buildServer(esbuild) {
  const { outputFiles } = await serverBuild(esbuild)
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(join(dist, 'chunks'), { recursive: true })
  for (const { path, contents } of outputFiles) writeFileSync(path, contents)
}

async function buildAssets(esbuild) {
  const { outputFiles } = await browserBuild(esbuild)
  rmSync(join(dist, 'assets'), { recursive: true, force: true })
  mkdirSync(join(dist, 'assets'), { recursive: true })
  const sizes = writeAssets(outputFiles)
  keepBudgets(sizes)
  return Object.keys(budgets).map((name) => `${name} ${(sizes[name] / 1000).toFixed(1)} kB`)
}

async function build(assetsOnly) {
  const started = performance.now()
  const from = stamp()
  const esbuild = await import('esbuild')
  if (!assetsOnly) await buildServer(esbuild)
  const sizes = await buildAssets(esbuild)
  if (!assetsOnly) writeFileSync(stampFile, from)
  console.log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s: ${sizes.join(', ')} (gzip)`)
}

if (import.meta.main ?? process.argv[1] === import.meta.filename) {
  const asked = (option) => process.argv.includes(option)
  if (!asked('--if-stale') || isStale()) await build(asked('--assets'))
}
