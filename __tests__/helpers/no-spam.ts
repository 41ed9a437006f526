/** A host's own plugin that lets no line in which advertises, for a `lobby()`. */
export const noSpam = {
  plugins: { 'plugin:no-spam': { use: './no-spam.mjs' } },
  files: {
    'no-spam.mjs': `export default (ctx, next) => {
      if (ctx.message.text.includes('spam')) ctx.reject('No advertising here.')
      return next()
    }`,
  },
}
