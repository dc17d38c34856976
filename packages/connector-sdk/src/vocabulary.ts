/** ISO 8601 in UTC with milliseconds, e.g. `2026-11-23T09:30:00.000Z`. */
export type Instant = string;
/** A key of another record, as the provider gives it. The other record need not exist (it may be gone, or unreadable). */
export type Reference = string;
