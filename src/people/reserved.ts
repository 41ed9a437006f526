import { bareSkeleton } from './skeleton.js'

/** Names under which a person could be taken for the server, a bot, somebody with rights or everybody. */
const words =
  'system admin administrator host moderator mod bot robot server root all ' +
  '系统 系統 管理员 管理員 房主 主持人 版主 机器人 機器人 服务器 伺服器 所有人'

/**
 * Says whether a name may be nobody's.
 * @param given Names of the bots and what else they answer to, as they are now; asked at each call.
 */
export function reservedNames(given: () => readonly string[]): (name: string) => boolean {
  const always = new Set(words.split(' ').map(bareSkeleton))
  return function isReserved(name) {
    const bare = bareSkeleton(name)
    return always.has(bare) || given().some((other) => bareSkeleton(other) === bare)
  }
}
