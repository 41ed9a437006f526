import { keepForm } from './components/dom.js'

/** The page of bots' tokens: its form goes to the server as it is. */
document.addEventListener('keydown', keepForm)
