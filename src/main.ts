import { runProgram } from './commands/run-program.js'

// A worker or a socket left behind must not keep a program alive that has said what it had to say.
const exit = (code: number): never => process.exit(code)
exit(
  await runProgram(process.argv.slice(2), {
    env: process.env,
    cwd: process.cwd(),
    terminal: process.stdout.isTTY,
    print: (line) => console.log(line),
    complain: (line) => console.error(line),
    exit,
  }),
)
