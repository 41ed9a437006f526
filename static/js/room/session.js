import { forgetAll } from '../models/outbox.js'
import { base, here, place, storage } from './boot.js'

/** The session is over: to the sign-in page, which says so and leads back here. */
export function toSignin() {
  location.assign(`${base}/signin?ended=1&next=${encodeURIComponent(here())}`)
}

/** To the page where name and face are changed. */
export function toChange() {
  location.assign(`${base}/signin?change=1&next=${encodeURIComponent(here())}`)
}

/** Ends the session. What was written here belongs to who signs out. */
export function signOut() {
  forgetAll(storage, place.server)
  const form = document.createElement('form')
  form.method = 'post'
  form.action = `${base}/signout`
  document.body.append(form)
  form.submit()
}
