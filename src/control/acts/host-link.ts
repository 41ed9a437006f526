import { makeHostLink } from '../../chat/order/host-link.js'
import type { ControlAct } from '../acts.js'

/** Makes a link that makes its bearer host. */
export const hostLink: ControlAct = async (_, { chat, listening }) => ({
  ...(await makeHostLink(chat.order)),
  ...(listening && { listening }),
})
