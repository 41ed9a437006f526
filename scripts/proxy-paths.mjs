// Only node: modules may be used here, since `npm test` asks before anything is installed.
import { existsSync } from 'node:fs'

/** What apt-get is to install for the tests of what stands behind a proxy. */
export const packages = { nginx: ['nginx-light'], caddy: ['caddy'] }

/** nginx on this machine: the one that the variable NGINX names, or else Debian's. @returns {string | undefined} */
export const nginxPath = () => process.env.NGINX || there('/usr/sbin/nginx')

/** Caddy, by the variable CADDY or Debian's. @returns {string | undefined} */
export const caddyPath = () => process.env.CADDY || there('/usr/bin/caddy')

const there = (path) => [path].find((path) => existsSync(path))
