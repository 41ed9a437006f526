export interface Place {
  where: string
  text: string
  /** Names of secrets that may stand there: they are told to whoever asks. */
  except?: readonly string[]
}

/** Which secrets stand where, also encoded as an address, as base64 or in latin1. */
export function countLeaks(
  places: readonly Place[],
  secrets: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const forms = formsOf(secret)
    return places
      .filter(
        ({ text, except = [] }) =>
          !except.includes(name) && forms.some((form) => text.includes(form)),
      ) // prettier-ignore
      .map(({ where }) => `${name} in ${where}`)
  })
}

const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(secret, 'utf8').toString('latin1'),
]
