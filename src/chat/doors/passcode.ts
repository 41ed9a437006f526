import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'

/** 16 MiB and about 50 ms on a thread of libuv's pool, where it keeps nobody waiting. */
const COST: ScryptOptions = { N: 16_384, r: 8, p: 1 }
const SALT_BYTES = 16
const HASH_BYTES = 32
/** At a time: the pool has four threads, and others need them too. */
const AT_ONCE = 2

/** How many characters a passcode has at least, and at most. */
export const PASSCODE_CHARS = [4, 128] as const

/** How many it has, as it is compared: code points. */
export const passcodeLength = (passcode: string): number => Array.from(plain(passcode)).length

/** What is kept of a passcode: `scrypt:salt:hash`. */
export async function hashPasscode(passcode: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(passcode, salt)
  return ['scrypt', salt.toString('base64url'), hash.toString('base64url')].join(':')
}

/**
 * Is it the one that was hashed? Without a hash to hold it against the answer is no, and takes as long.
 */
export async function isPasscode(passcode: string, kept: string | null): Promise<boolean> {
  const [, salt = '', hash = ''] = (kept ?? '').split(':')
  const wanted = Buffer.from(hash, 'base64url')
  const found = await derive(passcode, Buffer.from(salt, 'base64url'))
  return wanted.length === HASH_BYTES && timingSafeEqual(found, wanted)
}

/** The same, whether it was typed in full width, as input methods do, or with a space behind it. */
const plain = (passcode: string): string => passcode.normalize('NFKC').trim()

const waiting: (() => void)[] = []
let running = 0

async function derive(passcode: string, salt: Buffer): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await new Promise((resolve, reject) => {
      scrypt(plain(passcode), salt, HASH_BYTES, COST, (error, hash) =>
        error ? reject(error) : resolve(hash),
      )
    })
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
