import type Koa from 'koa'
import type { Visitor } from '../chat/face.js'
import type { Lang } from '../i18n/index.js'

/** What is known about the one who asks, set by the first middleware. */
export interface Visit {
  lang: Lang
  /** '' follows the system. */
  theme: 'light' | 'dark' | ''
  /** Set behind the session middleware; undefined: not signed in. */
  visitor?: Visitor
}

/** What the cookie holds, signed: nothing but a random sid that means something to the store alone. */
export interface SessionCookie {
  sid?: string
  /** Writes the cookie even though nothing changed. */
  save?(): Promise<void>
}

/** koa-session's options of this one request, read each time a cookie is read or written. */
export interface CookieOptions {
  key: string
  secure: boolean
  path: string
}

declare module 'koa' {
  interface DefaultState {
    visit: Visit
    /** Lets this page's own scripts run under its Content-Security-Policy. */
    nonce: string
  }
  interface DefaultContext {
    session: SessionCookie | null
    sessionOptions: Partial<CookieOptions>
  }
}

export type Context = Koa.ParameterizedContext
export type Middleware = Koa.Middleware
