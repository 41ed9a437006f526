import { Alpine } from '../alpine.js'
import { hasKeyboard, setCookie, setTheme } from '../components/dom.js'
import { base, lang, texts } from './boot.js'
import { openKeys, openLeave } from './dialogs.js'
import { enterSends, turnEnterSends } from './enter-key.js'
import { openMenu } from './menus.js'
import { toChange } from './session.js'

/** The card at the bottom left: who I am, and what I may choose for myself. */
Alpine.store('own', { open })

/** What other parts of the page let a person choose. @type {(() => import('../components/menu.js').Choice[])[]} */
const more = []

/** Adds choices to the card. @param {() => import('../components/menu.js').Choice[]} choicesOf */
export const offer = (choicesOf) => more.push(choicesOf)

/** @param {Event} event */
function open({ currentTarget }) {
  if (!(currentTarget instanceof HTMLElement)) return
  void openMenu({ anchor: currentTarget, label: texts.me.open, choices: choices() })
}

/** @returns {import('../components/menu.js').Choice[]} */
function choices() {
  const { me } = texts
  return [
    { label: me.change, icon: 'face', run: toChange },
    { ...theme('', texts.themeSystem), separate: true },
    theme('light', texts.themeLight),
    theme('dark', texts.themeDark),
    { ...language('zh-CN', '中文'), separate: true },
    language('en', 'English'),
    {
      label: me.enterSends,
      kind: 'check',
      checked: enterSends(),
      run: turnEnterSends,
      separate: true,
    },
    ...more.flatMap((choicesOf) => choicesOf()),
    hasKeyboard()
      ? { label: texts.keys.heading, icon: 'keys', run: openKeys }
      : { label: texts.keys.tips, icon: 'talk', run: openKeys },
    { label: me.signout, icon: 'out', danger: true, run: openLeave, separate: true },
  ]
}

/** @param {string} value @param {string} label @returns {import('../components/menu.js').Choice} */
const theme = (value, label) => ({
  label,
  kind: 'radio',
  group: texts.theme,
  checked: (document.documentElement.dataset.theme ?? '') === value,
  run: () => setTheme(base, value),
})

/** @param {string} code @param {string} label @returns {import('../components/menu.js').Choice} */
const language = (code, label) => ({
  label,
  lang: code,
  kind: 'radio',
  group: texts.language,
  checked: lang === code,
  run() {
    setCookie(base, 'lang', code)
    location.reload()
  },
})
