import { z } from 'zod'
import { texts, type Lang } from '../i18n/index.js'
import { FACES } from '../people/faces.js'
import type { Context } from './context.js'
import { localPath } from './next.js'
import { PageError } from './page-error.js'

export interface SigninForm {
  name: string
  /** Absent: any face. */
  imgid?: number
  /** Where to go then, without the base path. */
  next: string
}

/** Sentences beside the fields. */
export interface FormErrors {
  name?: string
  imgid?: string
}

/**
 * Reads the sign-in form, sent as a form or as JSON.
 * @returns What could be read, to be shown again, and what is wrong with it. The name's own rules come later.
 * @throws {PageError} 415 for another kind of body.
 */
export function readForm(
  ctx: Context,
  base: string,
  lang: Lang,
): { form: SigninForm; errors: FormErrors } {
  if (ctx.is('json', 'urlencoded') === false) throw new PageError(415, 'unsupportedType')
  const body: unknown = ctx.request.body
  const { name, imgid, next } = fields.parse(body)
  return {
    form: {
      name: name ?? '',
      next: localPath(next, base),
      ...(typeof imgid === 'number' && { imgid }),
    },
    errors: {
      ...(name === undefined && { name: texts[lang].names.empty }),
      ...(imgid === 'wrong' && { imgid: texts[lang].web.badAvatar }),
    },
  }
}

const face = z
  .int()
  .min(0)
  .max(FACES - 1)

/** Each field by itself, so that a wrong one does not lose what was typed into the other. */
const fields = z
  .object({
    name: z.string().optional().catch(undefined),
    imgid: z
      .union([
        face,
        z
          .stringFormat('face', /^(?:0|[1-9]\d?)$/)
          .transform(Number)
          .pipe(face),
      ])
      .optional()
      .or(z.unknown().transform(() => 'wrong' as const)),
    next: z.unknown().optional(),
  })
  .catch({ name: undefined, imgid: undefined, next: undefined })
