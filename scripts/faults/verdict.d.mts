export interface CaseFigures {
  ratio: number
  between: readonly [low: number, high: number]
  memory: number
  lost: number
  takesMemory?: boolean
}

export const GOALS: { ratio: number; memory: number; reply: number; read: number }
export function broken(figures: CaseFigures, rounds: number): string[]
