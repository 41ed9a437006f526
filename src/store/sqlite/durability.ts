/** What `PRAGMA synchronous` must say, or a committed line can vanish, https://sqlite.org/pragma.html#pragma_synchronous */
export const FULL = 2
