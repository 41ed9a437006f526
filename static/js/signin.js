import { hasKeyboard, keepForm, setCookie, setTheme } from './components/dom.js'

/** The sign-in card, made quicker: another name at a press, the sentence of a refused name beside it, what was chosen remembered. */

/** @typedef {{name?: string | undefined, imgid?: string | undefined, failed?: string | undefined}} Faults `failed`: it is about neither. */

const FACES = 27
const form = document.getElementById('signin')
if (form instanceof HTMLFormElement) {
  const base = new URL(form.action).pathname.replace(/\/signin$/, '')
  signIn(form, base)
  offerSettings(base)
}
document.getElementById('signout')?.addEventListener('submit', forgetAll)

/** @param {HTMLFormElement} card @param {string} base */
function signIn(card, base) {
  const name = field('name')
  const roll = button('roll')
  const enter = button('enter')
  const ended = document.getElementById('ended')
  const words = card.dataset

  recall()
  // A room sent us here: its session is over.
  if (ended) ended.hidden = !new URLSearchParams(location.search).has('ended')
  roll.hidden = false
  roll.addEventListener('click', () => void another())
  card.addEventListener('submit', (event) => {
    event.preventDefault()
    void send()
  })
  name.addEventListener('input', () => {
    refuse({})
    say('roll-error')
  })
  card.addEventListener('keydown', keepForm)
  // Out of the browser's memory it comes as it was left, waiting for an answer.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
  if (hasKeyboard()) name.select()

  /** A name and face from an earlier visit, unless the server has something to say about them. */
  function recall() {
    if ('refused' in words || 'signedIn' in words) return
    const kept = remembered()
    if (kept.name) name.value = kept.name
    const radio =
      kept.imgid === undefined ? null : card.querySelector(`[name=imgid][value="${kept.imgid}"]`)
    if (radio instanceof HTMLInputElement) radio.checked = true
  }

  async function another() {
    roll.disabled = true
    roll.classList.add('is-rolling')
    say('roll-error')
    try {
      const answer = await fetch(String(words.nickname), {
        headers: { accept: 'application/json' },
      })
      if (!answer.ok) throw new Error(String(answer.status))
      name.value = (await answer.json()).name
      refuse({})
      // A finger that wants another name is not helped by a keyboard over it.
      if (hasKeyboard()) name.focus()
    } catch {
      say('roll-error', words.rollFailed)
    }
    roll.disabled = false
    roll.classList.remove('is-rolling')
  }

  async function send() {
    const label = enter.textContent
    enter.disabled = true
    enter.textContent = words.busy ?? label
    const fault = await ask().catch(() => ({ failed: words.unreachable }))
    if (!fault) return
    enter.disabled = false
    enter.textContent = label
    refuse(fault)
    name.focus()
  }

  /** @returns {Promise<Faults | undefined>} What was refused; nothing when we are in. */
  async function ask() {
    const { value: next } = field('next')
    const answer = await fetch(card.action, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ name: name.value, imgid: chosen(), next }),
    })
    const body = await answer.json()
    if (!answer.ok)
      return body.errors ?? { failed: body.sentence ?? body.error ?? words.unreachable }
    remember({ name: body.user.name, imgid: chosen() })
    location.assign(`${base}${next || '/'}`)
    return undefined
  }

  /** @param {Faults} faults */
  function refuse(faults) {
    say('name-error', faults.name ?? faults.failed)
    say('imgid-error', faults.imgid)
    if (faults.name) name.setAttribute('aria-invalid', 'true')
    else name.removeAttribute('aria-invalid')
  }

  function chosen() {
    const value = new FormData(card).get('imgid')
    return value === null ? undefined : Number(value)
  }
}

/** @param {string} id @param {string} [sentence] */
function say(id, sentence = '') {
  const place = document.getElementById(id)
  if (place) place.textContent = sentence
}

/** Language and appearance, for those whose browser can change them. @param {string} base */
function offerSettings(base) {
  const corner = document.getElementById('settings')
  if (!corner) return
  corner.hidden = false
  corner.querySelector('[data-set-lang]')?.addEventListener('click', ({ currentTarget }) => {
    if (currentTarget instanceof HTMLElement)
      setCookie(base, 'lang', currentTarget.dataset.setLang ?? '')
    location.reload()
  })
  corner.querySelector('[data-turn-theme]')?.addEventListener('click', () => {
    const { dataset } = document.documentElement
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
    setTheme(base, (dataset.theme ?? system) === 'dark' ? 'light' : 'dark')
  })
}

/** @returns {{name?: string, imgid?: number}} */
function remembered() {
  try {
    const { name, imgid } = JSON.parse(localStorage.getItem('chat-room/last') ?? '{}')
    return {
      ...(typeof name === 'string' && { name }),
      ...(Number.isInteger(imgid) && imgid >= 0 && imgid < FACES && { imgid }),
    }
  } catch {
    return {} // nothing kept, or the browser keeps nothing
  }
}

/** @param {{name: string, imgid: number | undefined}} choice */
function remember(choice) {
  try {
    localStorage.setItem('chat-room/last', JSON.stringify(choice))
  } catch {
    // The browser keeps nothing; the next visit starts anew.
  }
}

/** What was written here belongs to who signs out. */
function forgetAll() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (/^chat-room\/(out|draft|aims|edits)\//.test(key)) localStorage.removeItem(key)
    }
  } catch {
    // The browser keeps nothing anyway.
  }
}

/** @param {string} id */
function field(id) {
  return /** @type {HTMLInputElement} */ (document.getElementById(id))
}

/** @param {string} id */
function button(id) {
  return /** @type {HTMLButtonElement} */ (document.getElementById(id))
}
