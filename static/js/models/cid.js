/** A new id for a line or a request: 128 random bits. `crypto.randomUUID` is not there on plain http. */
export function newCid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
