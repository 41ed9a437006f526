/**
 * Stands behind the number of a LIMIT that may be another one each time. A value that stands there alone SQLite looks at,
 * and plans the statement anew whenever it is asked (`sqlite3VdbeSetVarmask()`; seen with 3.53), which costs more than to
 * answer most questions. It does not look into a sum.
 */
export const UNSEEN = '+ 0'
