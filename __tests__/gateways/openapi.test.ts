import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { openApi } from '../../src/gateways/api/openapi.js'
import { answers } from '../../src/gateways/api/answers.js'
import { routes } from '../../src/gateways/api/routes.js'
import { lobby } from '../helpers/lobby.js'
import { Program } from '../helpers/program.js'

const described = z.object({
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z
          .array(
            z.looseObject({
              name: z.string(),
              in: z.string(),
              example: z.union([z.string(), z.number()]).optional(),
            }),
          )
          .optional(),
        requestBody: z
          .object({
            content: z.object({
              'application/json': z.object({ example: z.record(z.string(), z.unknown()) }),
            }),
          })
          .optional(),
      }),
    ),
  ),
})

test('the description is OpenAPI 3.1, open to all, and names every route once', async () => {
  const world = await lobby()
  const response = await world.get('/api/v1/openapi.json')
  const text = await response.text()
  expect(await new Validator().validate(JSON.parse(text))).toMatchObject({ valid: true })
  const { paths } = described.parse(JSON.parse(text))
  const named = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(named.toSorted()).toEqual(
    [...routes.map(({ method, path }) => `${method} ${path}`), 'get /openapi.json'].toSorted(),
  )
})

test('every example in it is accepted, and answered as it says', async () => {
  const world = await lobby({ people: ['ada'] })
  const scopes = ['read', 'write', 'moderate', 'rooms']
  const bot = await Program.named(world, 'builder', { scopes })
  const { paths } = described.parse(openApi({ url: '', version: '1' }))
  const made = await bot.asks('POST /rooms', { title: 'lobby of its own' })
  const { room } = answers.made.parse(made.body)
  const known: Record<string, string | number> = { room, user: world.ada.user.id }
  await world.ada.join(room)
  for (const { method, path, frame, answer } of routes) {
    const { parameters = [], requestBody } = paths[path]?.[method] ?? {}
    const examples = parameters.map(({ name, in: place, example }) => ({ name, place, example }))
    const address = examples.reduce((so, { name, example = '' }) => {
      return so.replace(`{${name}}`, encodeURIComponent(known[name] ?? example))
    }, path)
    const query = new URLSearchParams(
      examples.flatMap(({ name, place, example }) =>
        place === 'query' && example !== undefined ? [[name, String(example)]] : [],
      ),
    )
    const body = requestBody?.content['application/json'].example
    const asked = `${method.toUpperCase()} ${address}?${query}`
    const { status, body: said } = await bot.asks(asked, body)
    expect([asked, status, said['detail']]).toEqual([
      asked,
      frame === 'chat' ? 201 : 200,
      undefined,
    ])
    expect(answers[answer].safeParse(said).error?.issues).toBeUndefined()
    if (frame === 'chat') known['message'] = answers.stored.parse(said).seq
    if (frame === 'invite') known['invite'] = answers.invite.parse(said).invite.id
  }
})
