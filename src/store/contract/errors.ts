/** Nothing was stored: the reason is in `cause`, for the log only. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError'
}

/** No space left on the disk, or it is read-only: reading goes on. */
export class StoreFullError extends StoreError {
  override readonly name = 'StoreFullError'
}
