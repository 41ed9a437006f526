import type { z } from 'zod'
import { frames, roomChange } from '../../frames.js'
import { namesIn, numbers, type Route } from './routes.js'

/** What is left for the body or the query of a route, by the schema of its frame. */
export function askedOf({ frame, path, fixed = {}, inside }: Route): Record<string, z.ZodType> {
  if (!frame) return {}
  const shape: Readonly<Record<string, z.ZodType>> = inside ? roomChange.shape : frames[frame].shape
  const said = new Set([...notAsked, ...namesIn(path).map(fieldOf), ...Object.keys(fixed)])
  if (frame === 'room' && !inside) said.add('set')
  return Object.fromEntries(Object.entries(shape).filter(([name]) => !said.has(name)))
}

/** Which field of the frame stands in an address. */
const fieldOf = (name: string): string => (name === 'emoji' ? 'data' : name)

/** Set by us, or not there yet. */
const notAsked = ['type', 'cid', 'files']

/** What a request asked for, as a frame of the protocol; whether it is one is for others to check. */
export function frameOf(
  route: Route,
  { params, given, cid }: { params: Readonly<Record<string, string>>; given: object; cid: string },
): Record<string, unknown> {
  const named = namesIn(route.path).map((name) => [
    fieldOf(name),
    valueOf(name, params[name] ?? ''),
  ])
  const asked = route.inside === undefined ? given : { [route.inside]: given }
  return { ...asked, ...route.fixed, ...Object.fromEntries(named), type: route.frame, cid }
}

const valueOf = (name: string, text: string): string | number =>
  numbers.has(name) && isWhole(text) ? Number(text) : text

/** What a query says, with its numbers as numbers. */
export function readQuery(route: Route, query: Readonly<Record<string, unknown>>): object {
  const asked = askedOf(route)
  const read = ([name, value]: [string, unknown]) => {
    const schema = Object.hasOwn(asked, name) ? asked[name] : undefined
    const number = schema && typeof value === 'string' && isWhole(value) && takesNumbers(schema)
    return [name, number ? Number(value) : value]
  }
  return Object.fromEntries(Object.entries(query).map(read))
}

const takesNumbers = (schema: z.ZodType): boolean => schema.safeParse(1).success
const isWhole = (text: string): boolean => /^-?\d{1,15}$/.test(text)
