// Only node: modules may be used here, since `npm test` asks before anything is installed.
import { existsSync } from 'node:fs'

/**
 * Chromium as Debian packs it. The shell has no window, and none of the pages that belong to one: what a test does in it
 * costs half the CPU. What is measured is measured in the browser that people have.
 */
const SHELL = '/usr/bin/chromium-headless-shell'
const WHOLE = '/usr/bin/chromium'

/** What apt-get is to install for the tests, with fonts for all that pages show. */
export const packages = ['chromium-headless-shell', 'fonts-noto-cjk', 'fonts-noto-color-emoji']

/**
 * The browser on this machine: the one that the variable CHROMIUM names, or else one of Debian's.
 * @param {{ whole?: boolean }} [wish] `whole`: the one with a window comes first.
 * @returns {string | undefined} Its path; that CHROMIUM's file exists is not looked at.
 */
export const chromiumPath = ({ whole = false } = {}) =>
  process.env.CHROMIUM || (whole ? [WHOLE, SHELL] : [SHELL, WHOLE]).find((path) => existsSync(path))
