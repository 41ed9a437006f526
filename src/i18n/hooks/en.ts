import type { Texts } from '../zh-CN.js'

/** What an incoming webhook makes of events that come without words of their own. In English. */
export const hooksEn: Texts['hooks'] = {
  badToken:
    'token must have 16 to 128 characters, only letters, digits, - and _. openssl rand -hex 16 makes one',
  sameToken: 'another section has this token. Give each bot one of its own: openssl rand -hex 16',
  badUrl: 'url must start with http:// or https:// and hold no user and password',
  noAnswer:
    'The program behind me did not answer, so I have nothing to say. Please try again later, or tell the host.',
  badSocketUrl: 'url must start with ws:// or wss://',
  /** What came inside the message, in base64: there is no place for it yet. */
  unkept: {
    image: '[image, not kept]',
    record: '[audio, not kept]',
    video: '[video, not kept]',
    file: '[file, not kept]',
  },
  segments: { image: '[image]', record: '[audio]', video: '[video]', file: '[file]' },
  alerts: { firing: 'Firing', resolved: 'Resolved' },
  github: {
    ping: '{who} has connected {repo} with this room.',
    pushed: '{who} pushed {n} commits to {branch} of {repo}',
    pushedOne: '{who} pushed 1 commit to {branch} of {repo}',
    moved: '{who} moved {branch} of {repo}',
    more: '… and {n} more',
    about: '{who} {action} the {noun} {what} of {repo}',
    commented: '{who} commented on {what} of {repo}',
    run: '{what} of {repo} on {branch}: {how}',
    other: '{who} at {repo}: {kind}',
    nouns: { pull: 'pull request', issue: 'issue', release: 'release' },
    actions: {
      opened: 'opened',
      closed: 'closed',
      reopened: 'reopened',
      merged: 'merged',
      edited: 'edited',
      published: 'published',
      created: 'created',
      deleted: 'deleted',
      assigned: 'assigned',
      labeled: 'labelled',
    },
  },
}
