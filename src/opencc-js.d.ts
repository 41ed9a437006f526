/** Its tables come without types: `traditional simplified|…`, a pair each. */
declare module 'opencc-js/dict/TSCharacters' {
  const pairs: string
  export default pairs
}
