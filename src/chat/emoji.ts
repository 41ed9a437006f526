/** What Unicode recommends for general interchange, sequences included (UTS #51). Made by name: older targets lack the flag. */
const EMOJI = new RegExp(String.raw`^\p{RGI_Emoji}$`, 'v')

/** Asks for the coloured picture of a character that is also a plain sign. */
const AS_PICTURE = '\uFE0F'

/** The text as one emoji, always written the same way; undefined: it is not one. */
export function oneEmoji(text: string): string | undefined {
  return [text, text + AS_PICTURE].find((form) => EMOJI.test(form))
}
