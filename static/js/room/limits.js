/** As the server said: characters of a line, and how long one may be changed and recalled, in milliseconds; 0: always. */
export const limits = { message_chars: 4000, edit_ms: 600_000, recall_ms: 120_000 }
