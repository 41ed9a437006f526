import type { Router } from '@koa/router'
import {
  asForm,
  hookForms,
  type HookForm,
  type HookReply,
  type MessageRequest,
} from '../../gateways/hook.js'
import { readText } from '../body.js'
import type { Context } from '../context.js'
import type { WebNeeds } from '../needs.js'
import { refusals } from '../refusals.js'

/** Bytes of a body. */
const LARGEST = 256 * 1024

/**
 * Where programs send what their bot is to say: `/hooks/<token>`, in the form of Slack or, with its name behind it, of
 * another. Tools that build the rest of an address themselves find the ones they know, of Slack and of Discord.
 */
export function hookRoutes(
  router: Router,
  { hook, bodyMs: ms, log }: Pick<WebNeeds, 'hook' | 'bodyMs' | 'log'>,
): void {
  const tellRefusal = refusals(log)
  const find = (ctx: Context & { params: Record<string, string> }) => {
    const found = hook(ctx.params['token'] ?? '')
    if (!found) tellRefusal('info', { event: 'program', door: 'hook', address: ctx.ip })
    return found
  }
  const receive = (form: HookForm) => async (ctx: Context & { params: Record<string, string> }) => {
    ctx.set('Cache-Control', 'no-store')
    const found = find(ctx)
    // The same for a wrong token and for one that was taken out.
    if (!found) return reply(ctx, asForm(form, { status: 404, body: 'no_service' }))
    const read = await bodyOf(ctx, ms)
    if ('refusal' in read) return reply(ctx, asForm(form, read.refusal))
    const { raw } = read
    const request = {
      form,
      raw,
      type: ctx.request.type,
      header: (name: string) => ctx.get(name),
      wait: ctx.query['wait'] === 'true',
    }
    return reply(ctx, await found.receive(request))
  }

  const onMessage =
    (act: MessageRequest['act']) => async (ctx: Context & { params: Record<string, string> }) => {
      ctx.set('Cache-Control', 'no-store')
      const { message: id = '' } = ctx.params
      const found = find(ctx)
      if (!found?.message) return reply(ctx, asForm('discord', { status: 404, body: 'no_service' }))
      const read = await bodyOf(ctx, ms)
      if ('refusal' in read) return reply(ctx, asForm('discord', read.refusal))
      const { raw } = read
      const header = (name: string) => ctx.get(name)
      return reply(ctx, await found.message({ act, id, raw, type: ctx.request.type, header }))
    }

  for (const form of hookForms) router.post(`/hooks/:token/${form}`, receive(form))
  for (const path of ['/hooks/:token', '/hooks/:team/:app/:token', '/services/:team/:app/:token'])
    router.post(path, receive('slack'))
  for (const path of ['/api/webhooks/:id/:token', '/api/:version/webhooks/:id/:token']) {
    router.post(path, receive('discord'))
    router.post(`${path}/slack`, receive('slack'))
    router.post(`${path}/github`, receive('github'))
    router.get(`${path}/messages/:message`, onMessage('get'))
    router.patch(`${path}/messages/:message`, onMessage('edit'))
    router.delete(`${path}/messages/:message`, onMessage('delete'))
  }
}

/** What cannot be read is empty, which no hook takes. */
async function bodyOf(
  ctx: Context,
  ms: number | undefined,
): Promise<{ raw: string } | { refusal: HookReply }> {
  const read = await readText(ctx, { bytes: LARGEST, ms })
  if ('text' in read) return { raw: read.text }
  if (read.fault === 'large') return { refusal: { status: 413, body: 'too_large' } }
  if (read.fault === 'slow') return { refusal: { status: 408, body: 'too_slow' } }
  return { raw: '' }
}

/** Grafana and Alertmanager want exactly `ok`: no quotes, no line end, no media type but text/plain. */
function reply(ctx: Context, { status, body, retryAfter }: HookReply): void {
  if (retryAfter !== undefined) ctx.set('Retry-After', String(retryAfter))
  ctx.body = body ?? null
  ctx.status = status
}
