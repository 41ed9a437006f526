import { z } from 'zod'
import { answers, problem } from './answers.js'
import { askedOf } from './frame-of.js'
import { API, namesIn, numbers, routes, type Route } from './routes.js'

type Json = Record<string, unknown>

/** The API's description for programs (OpenAPI 3.1), made of the table of routes and the schemas of the frames. */
export function openApi({ url, version }: { url: string; version: string }): Json {
  const paths: Record<string, Json> = {
    '/openapi.json': {
      get: {
        operationId: 'get openapi.json',
        summary: 'This description',
        security: [],
        responses: { 200: { description: 'OpenAPI 3.1', ...json({ type: 'object' }) } },
      },
    },
  }
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'chat-room',
      version,
      description:
        'What bots elsewhere may ask for. Everything that is said comes over the WebSocket /chat with the same token (docs/PROTOCOL.md); this is for what is asked. Errors are problems (RFC 9457) with a stable `code`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: url + API }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'chat-room bot token NAME. In this header alone, never in an address.',
        },
      },
      schemas: shared,
    },
  }
}

function operation(route: Route): Json {
  const { method, path, frame, scope, summary, once, answer, example } = route
  const asked = askedOf(route)
  const isQuery = method === 'get'
  const has = Object.keys(asked).length > 0
  const body = has && !isQuery ? schemaOf(z.object(asked), 'input') : undefined
  const fresh = frame === 'chat'
  return {
    operationId: `${method} ${path}`,
    summary,
    ...(scope && { description: `Needs the scope \`${scope}\`.` }),
    parameters: [
      ...namesIn(path).map(inPath),
      ...(isQuery ? Object.entries(asked).map((one) => inQuery(one, example)) : []),
      ...(once ? [idempotencyKey] : []),
    ],
    ...(body && {
      requestBody: { required: true, ...json(body, example) },
    }),
    responses: {
      200: {
        description: fresh ? 'The same, said before' : 'Done',
        ...json(answersOf[answer] ?? {}),
      },
      ...(fresh && { 201: { description: 'Said, and on disk', ...json(answersOf[answer] ?? {}) } }),
      default: {
        description: 'Why not',
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    },
  }
}

const json = (schema: Json, example?: unknown) => ({
  content: { 'application/json': { schema, ...(example !== undefined && { example }) } },
})

const inPath = (name: string): Json => ({
  name,
  in: 'path',
  required: true,
  schema: { type: numbers.has(name) ? 'integer' : 'string' },
  example: pathExamples[name],
})

/** What stands in an address, for the examples. */
const pathExamples: Record<string, string | number> = {
  room: 'lobby',
  message: 1,
  emoji: '👍',
  user: 1,
  invite: 1,
}

function inQuery([name, schema]: [string, z.ZodType], example: Route['example'] = {}): Json {
  return {
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    schema: schemaOf(schema, 'input'),
    ...(name in example && { example: example[name] }),
  }
}

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Sent again with the same key, it is done once. 8–64 of A–Z a–z 0–9 . _ ~ : -',
  schema: { type: 'string', pattern: '^[A-Za-z0-9._~:-]{8,64}$' },
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const shared: Record<string, unknown> = {}

/** A schema as JSON; those with a name of their own go where all can point at them. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const text = JSON.stringify(z.toJSONSchema(schema, { io }))
  const {
    $schema: _,
    $defs,
    ...rest
  }: Json = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/'))
  for (const [name, definition] of Object.entries($defs ?? {})) shared[name] = plain(definition)
  return rest
}

/** Its name stands outside of it. */
const plain = (definition: Json): Json =>
  Object.fromEntries(Object.entries(definition).filter(([key]) => key !== 'id'))

const answersOf = Object.fromEntries(
  Object.entries(answers).map(([name, schema]) => [name, schemaOf(schema, 'output')]),
)
schemaOf(z.object({ problem }), 'output')
