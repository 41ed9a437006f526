import path from 'node:path'

/** Where a server listens for commands of this machine: a socket in its data folder, for its own user alone. */
export const controlFile = (data: string): string => path.join(data, 'control.sock')

/** Windows has no such sockets in the file system that only their owner may open. */
export const hasControl = process.platform !== 'win32'
