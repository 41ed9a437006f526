/** What undoes a step of an opening. */
export type Undo = () => unknown

/**
 * Closes what was opened, the last first: each, whether those before it could be closed or not.
 * @throws what went wrong, after all of them.
 */
export async function closeAll(undo: readonly Undo[]): Promise<void> {
  const faults: unknown[] = []
  for (const step of undo.toReversed()) {
    try {
      await step()
    } catch (error) {
      faults.push(error)
    }
  }
  if (faults.length > 1) throw new AggregateError(faults, 'not everything could be closed')
  if (faults.length === 1) throw faults[0]
}
