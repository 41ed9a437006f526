export interface CaseFigures {
  ratio: number
  between: readonly [low: number, high: number]
  /** MiB more than the other server. */
  resident: number
  kept: number
  lost: number
  takesMemory?: boolean
}

export const GOALS: { ratio: number; memory: number; reply: number; read: number }
export function broken(figures: CaseFigures, rounds: number): string[]
