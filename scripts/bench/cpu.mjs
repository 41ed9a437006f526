import { readFileSync } from 'node:fs'

/** Of Linux, for `/proc/PID/stat`. */
const TICKS_PER_S = 100

/** What a process took so far, in seconds: all its threads, the kernel's share included. */
export function cpuSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const [utime, stime] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number)
  return (utime + stime) / TICKS_PER_S
}
