// The last part of `npm run build`: compiles src/chat/native/write-many.c, on Linux, where there is a C compiler (CC, or cc)
// and Node's headers lie beside Node. Elsewhere nothing is made and nothing is said: the server does without.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = join(root, 'src', 'chat', 'native', 'write-many.c')
const made = join(root, 'dist', 'chat', 'native', 'write-many.node')
const headers = join(dirname(dirname(process.execPath)), 'include', 'node')

// Whatever an earlier build left is of another source, or of another machine.
rmSync(made, { force: true })
if (process.platform === 'linux' && existsSync(join(headers, 'node_api.h'))) compile()

function compile() {
  const unfinished = `${made}.${process.pid}`
  const words = ['-O2', '-shared', '-fPIC', `-I${headers}`, '-o', unfinished, source]
  mkdirSync(dirname(made), { recursive: true })
  try {
    execFileSync(process.env.CC || 'cc', words, { stdio: 'ignore' })
    renameSync(unfinished, made)
  } catch {
    rmSync(unfinished, { force: true })
  }
}
