// Only node: modules may be used here, since `npm test` asks before anything is installed.
import { existsSync } from 'node:fs'

/** What apt-get is to install for the tests of what stands behind a proxy. */
export const packages = ['nginx-light']

/** nginx on this machine: the one that the variable NGINX names, or else Debian's. @returns {string | undefined} */
export const nginxPath = () =>
  process.env.NGINX || ['/usr/sbin/nginx'].find((path) => existsSync(path))
