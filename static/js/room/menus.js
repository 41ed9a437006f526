import { texts } from './boot.js'
import { toast } from './toast.js'

/** Opens a menu. @param {import('../components/menu.js').Menu} menu */
export async function openMenu(menu) {
  const menus = await fetchMenus().catch(() => undefined)
  if (menus) menus.openMenu(menu)
  else toast(texts.signin.unreachable)
}

/** Fetches menus at the first sign of a person: not with the page, but before the first is asked for. The server may be away by then. */
export function expectMenus() {
  for (const sign of ['pointerover', 'pointerdown', 'keydown'])
    window.addEventListener(sign, () => void fetchMenus().catch(() => undefined), { once: true })
}

const fetchMenus = () => import('../components/menu.js')
