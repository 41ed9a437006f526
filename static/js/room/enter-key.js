import { storage, texts } from './boot.js'
import { toast } from './toast.js'

const KEY = 'chat-room/enter'

/** Whether Enter sends; else it breaks the line, and Ctrl with it sends. */
export const enterSends = () => storage?.getItem(KEY) !== 'breaks'

export function turnEnterSends() {
  try {
    storage?.setItem(KEY, enterSends() ? 'breaks' : 'sends')
  } catch {
    toast(texts.composer.notKept)
  }
}
