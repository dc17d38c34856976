/** Rows of a page of access. */
export const ACCESS_LIMITS = { standard: 100, largest: 500 };

/** Rows that are read at a time for a file. */
export const EXPORT_PAGE = 500;
