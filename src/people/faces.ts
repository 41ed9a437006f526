import { randomInt } from 'node:crypto'

/** How many there are to choose from; each is a number from 0, and its picture `static/avatars/<number>.svg`. */
export const FACES = 27

export const anyFace = (): number => randomInt(FACES)
