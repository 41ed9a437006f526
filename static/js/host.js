/** The host's one-time link: its token is taken out of the address, kept over the way through the door, and sent once. */

const KEY = 'chat-room/host-link'
const card = document.getElementById('host')
if (card) claimBy(card, takeToken())

/** @param {HTMLElement} card @param {string} token */
function claimBy(card, token) {
  const words = card.dataset
  const claim = document.getElementById('claim')
  if (!token) tell(words.noLink)
  if (!(claim instanceof HTMLButtonElement)) return
  claim.hidden = !token
  claim.addEventListener('click', () => void send())

  async function send() {
    const label = claim.textContent
    claim.disabled = true
    claim.textContent = words.busy ?? label
    const fault = await ask().catch(() => words.unreachable)
    claim.disabled = false
    claim.textContent = label
    if (fault) tell(fault)
    else done()
  }

  /** @returns {Promise<string | undefined>} The sentence of a refusal. */
  async function ask() {
    const answer = await fetch(String(words.claim), {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    if (answer.ok) return undefined
    const { error } = await answer.json()
    return error ?? words.unreachable
  }

  function done() {
    keep('')
    tell('')
    for (const id of ['claim', 'powers']) document.getElementById(id)?.remove()
    write('heading', words.done)
    write('lead', words.doneLead)
    const back = document.getElementById('back')
    back?.classList.add('button--main')
    back?.focus()
  }
}

/** The token of this visit, or of the one before the door; out of the address bar, the history and over the shoulder. */
function takeToken() {
  const token = location.hash.slice(1)
  if (!token) return kept()
  history.replaceState(history.state, '', location.pathname + location.search)
  keep(token)
  return token
}

function kept() {
  try {
    return sessionStorage.getItem(KEY) ?? ''
  } catch {
    return '' // the browser keeps nothing: the link has to be opened once more
  }
}

/** @param {string} token Empty: none any more. */
function keep(token) {
  try {
    if (token) sessionStorage.setItem(KEY, token)
    else sessionStorage.removeItem(KEY)
  } catch {
    // The browser keeps nothing.
  }
}

/** @param {string | undefined} fault */
function tell(fault) {
  write('fault', fault)
}

/** @param {string} id @param {string | undefined} text */
function write(id, text) {
  const place = document.getElementById(id)
  if (place) place.textContent = text ?? ''
}
