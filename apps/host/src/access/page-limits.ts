/** Rows of a page of access. */
export const ACCESS_LIMITS = { standard: 100, largest: 500 };

/** Rows that are read at a time for a file. */
export const EXPORT_PAGE = 500;

/** The same of lists whose places are numbers: read at once, since while they are read in parts a row may move from one to another. */
export const WHOLE_LIST = 100_000;
