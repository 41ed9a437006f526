import type { ClientFrame } from '../../frames.js'
import type { Scope } from '../../protocol.js'
import type { answers } from './answers.js'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** One thing that a program may ask for over HTTP: which frame of the protocol it stands for, and where its parts are. */
export interface Route {
  method: Method
  /** Behind `/api/v1`. */
  path: string
  /** Absent: who am I? */
  frame?: ClientFrame['type']
  scope?: Scope
  summary: string
  /** What the address says of the frame beside the fields that are called so in it. */
  fixed?: Readonly<Record<string, unknown>>
  /** The body is this field of the frame, and not the frame's fields. */
  inside?: string
  /** The same Idempotency-Key is the same act. */
  once?: true
  answer: keyof typeof answers
  /** Of the body, or of the query. */
  example?: Readonly<Record<string, unknown>>
}

/** Where every address of the API begins. */
export const API = '/api/v1'

/** Which parts of an address are whole numbers. */
export const numbers: ReadonlySet<string> = new Set(['message', 'user', 'invite'])

const inRoom = '/rooms/{room}'
const onMessage = `${inRoom}/messages/{message}`
const onEmoji = `${onMessage}/reactions/{emoji}`

/** THE table: the routes, their frames and their description all come from it. */
export const routes: readonly Route[] = [
  { method: 'get', path: '/me', summary: 'Whose token this is, and what it allows', answer: 'me' },
  {
    method: 'get',
    path: '/rooms',
    frame: 'rooms',
    scope: 'read',
    summary: 'The rooms that the bot is in',
    answer: 'rooms',
  },
  {
    method: 'post',
    path: '/rooms',
    frame: 'make',
    scope: 'rooms',
    summary: 'Make a room; the bot keeps order in it',
    answer: 'made',
    example: { title: 'Build reports', topic: 'What the builds say' },
  },
  {
    method: 'get',
    path: inRoom,
    frame: 'room',
    scope: 'read',
    summary: 'How a room is kept',
    answer: 'settings',
  },
  {
    method: 'patch',
    path: inRoom,
    frame: 'room',
    scope: 'rooms',
    inside: 'set',
    summary: 'Keep a room in another way; what is not named stays',
    answer: 'settings',
    example: { slow_ms: 5_000 },
  },
  {
    method: 'get',
    path: `${inRoom}/members`,
    frame: 'members',
    scope: 'read',
    summary: 'Who is in a room now',
    answer: 'members',
    example: { limit: 50 },
  },
  {
    method: 'get',
    path: `${inRoom}/messages`,
    frame: 'history',
    scope: 'read',
    summary: 'A page of the past, the newest one unless before or after is given',
    answer: 'page',
    example: { limit: 20 },
  },
  {
    method: 'post',
    path: `${inRoom}/messages`,
    frame: 'chat',
    scope: 'write',
    once: true,
    summary: 'Say something; answered once it is on disk',
    answer: 'stored',
    example: { data: 'Hello from **curl**' },
  },
  {
    method: 'patch',
    path: onMessage,
    frame: 'edit',
    scope: 'write',
    once: true,
    summary: 'Put another text in place of a message of the bot',
    answer: 'changed',
    example: { data: 'Hello again' },
  },
  {
    method: 'put',
    path: onEmoji,
    frame: 'react',
    scope: 'write',
    fixed: { on: true },
    once: true,
    summary: 'Put an emoji on a message',
    answer: 'changed',
  },
  {
    method: 'delete',
    path: onEmoji,
    frame: 'react',
    scope: 'write',
    fixed: { on: false },
    once: true,
    summary: 'Take an emoji of the bot away again',
    answer: 'changed',
  },
  {
    method: 'get',
    path: '/search',
    frame: 'search',
    scope: 'read',
    summary: 'Look for messages in the rooms that the bot may read, the newest first',
    answer: 'found',
    example: { q: 'hello', limit: 20 },
  },
  {
    method: 'get',
    path: `${inRoom}/pins`,
    frame: 'pins',
    scope: 'read',
    summary: 'The pinned messages, the newest pin first',
    answer: 'page',
  },
  {
    method: 'put',
    path: `${inRoom}/pins/{message}`,
    frame: 'pin',
    scope: 'moderate',
    fixed: { on: true },
    once: true,
    summary: 'Pin a message',
    answer: 'changed',
  },
  {
    method: 'delete',
    path: `${inRoom}/pins/{message}`,
    frame: 'pin',
    scope: 'moderate',
    fixed: { on: false },
    once: true,
    summary: 'Unpin a message',
    answer: 'changed',
  },
  {
    method: 'put',
    path: `${inRoom}/topic`,
    frame: 'topic',
    scope: 'moderate',
    once: true,
    summary: 'Say what a room is about',
    answer: 'changed',
    example: { data: 'What the builds say' },
  },
  {
    method: 'put',
    path: `${inRoom}/mutes/{user}`,
    frame: 'mute',
    scope: 'moderate',
    summary: 'Let somebody read but not speak for a while',
    answer: 'done',
    example: { ms: 60_000 },
  },
  {
    method: 'delete',
    path: `${inRoom}/mutes/{user}`,
    frame: 'mute',
    scope: 'moderate',
    fixed: { ms: 0 },
    summary: 'Let them speak again',
    answer: 'done',
  },
  {
    method: 'get',
    path: `${inRoom}/invites`,
    frame: 'invites',
    scope: 'rooms',
    summary: 'The invites of a room that still let somebody in',
    answer: 'invites',
  },
  {
    method: 'post',
    path: `${inRoom}/invites`,
    frame: 'invite',
    scope: 'rooms',
    summary: 'Make a link that lets people into a room of the bot’s',
    answer: 'invite',
    example: { uses: 5 },
  },
  {
    method: 'delete',
    path: `${inRoom}/invites/{invite}`,
    frame: 'revoke',
    scope: 'rooms',
    summary: 'End an invite; who came by it stays',
    answer: 'done',
  },
  {
    method: 'put',
    path: '/direct/{user}',
    frame: 'direct',
    scope: 'write',
    summary: 'The room of two of the bot and somebody, made if need be',
    answer: 'place',
  },
  {
    method: 'delete',
    path: `${inRoom}/members/{user}`,
    frame: 'kick',
    scope: 'moderate',
    summary: 'Send somebody out of a room; they may come back',
    answer: 'done',
  },
  {
    method: 'delete',
    path: onMessage,
    frame: 'recall',
    scope: 'write',
    once: true,
    summary:
      'Take a message back: its text is gone for good. One of others with the scope moderate',
    answer: 'changed',
  },
]

/** The names in an address: `{room}` is `room`. */
export const namesIn = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
