import type { Lang } from '../i18n/index.js'
import type { ActCommand } from './act.js'
import { audit } from './audit.js'
import { backup } from './backup.js'
import { banAdd } from './ban-add.js'
import { banList } from './ban-list.js'
import { banRemove } from './ban-remove.js'
import type { CommandForm } from './command.js'
import { botList } from './bot-list.js'
import { botLogs } from './bot-logs.js'
import { botNew } from './bot-new.js'
import { botPolicy } from './bot-policy.js'
import { botTest } from './bot-test.js'
import { botRevoke, botToken, botTokens } from './bot-tokens.js'
import { hostLink } from './host-link.js'
import { inviteCreate } from './invite-create.js'
import { inviteList } from './invite-list.js'
import { inviteRevoke } from './invite-revoke.js'
import { messagePin } from './message-pin.js'
import { messageRecall } from './message-recall.js'
import { reportDone } from './report-done.js'
import { reportList } from './report-list.js'
import { roomArchive } from './room-archive.js'
import { roomCreate } from './room-create.js'
import { roomList } from './room-list.js'
import { roomSet } from './room-set.js'
import { restore } from './restore.js'
import { userApprove } from './user-approve.js'
import { userKick } from './user-kick.js'
import { userList } from './user-list.js'
import { userMute } from './user-mute.js'
import { userRole } from './user-role.js'
import { userWaiting } from './user-waiting.js'

/** Commands of their own, most of them done on a running server, or else on its data; in the order of help. */
export const acts: Readonly<Record<string, ActCommand>> = {
  'host-link': hostLink,
  'room list': roomList,
  'room create': roomCreate,
  'room set': roomSet,
  'room archive': roomArchive,
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
  'bot new': botNew,
  'bot list': botList,
  'bot logs': botLogs,
  'bot policy': botPolicy,
  'bot test': botTest,
  'bot token': botToken,
  'bot tokens': botTokens,
  'bot revoke': botRevoke,
  backup,
  restore,
}

/** How each of them is written. */
export const actForms = (lang: Lang): Record<string, CommandForm> =>
  Object.fromEntries(Object.entries(acts).map(([name, { form }]) => [name, form(lang)]))
