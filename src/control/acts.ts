import { banAdd, banList, banRemove } from './acts/bans.js'
import { botList, botLogs, botPolicy } from './acts/bots.js'
import { hostLink } from './acts/host-link.js'
import { inviteCreate, inviteList, inviteRevoke } from './acts/invites.js'
import { messagePin, messageRecall } from './acts/messages.js'
import { audit, reportDone, reportList } from './acts/reports.js'
import { roomCreate, roomList, roomSet } from './acts/rooms.js'
import { status } from './acts/status.js'
import { botRevoke, botToken, botTokens } from './acts/tokens.js'
import { userApprove, userKick, userList, userMute, userRole, userWaiting } from './acts/users.js'
import type { AskedHands } from './hands.js'

/** Does one thing; what it is given is checked first. Its result leaves as JSON. */
export type ControlAct = (args: object, hands: AskedHands) => Promise<unknown>

/** What the command line may ask for. */
export const acts: Readonly<Record<string, ControlAct>> = {
  status,
  'host-link': hostLink,
  'room list': roomList,
  'room create': roomCreate,
  'room set': roomSet,
  'invite create': inviteCreate,
  'invite list': inviteList,
  'invite revoke': inviteRevoke,
  'message recall': messageRecall,
  'message pin': messagePin,
  'user list': userList,
  'user role': userRole,
  'user mute': userMute,
  'user kick': userKick,
  'user waiting': userWaiting,
  'user approve': userApprove,
  'ban list': banList,
  'ban add': banAdd,
  'ban remove': banRemove,
  'report list': reportList,
  'report done': reportDone,
  audit,
  'bot list': botList,
  'bot logs': botLogs,
  'bot policy': botPolicy,
  'bot token': botToken,
  'bot tokens': botTokens,
  'bot revoke': botRevoke,
}
