/** So many entries of a list are evidence enough; how many there are in all stands beside it. */
const MOST = 20;

/** The first entries of a list, of an aggregate: in the order of the text, which is the same on every server. @param where of those alone */
export function firstOf(expression: string, where = 'true'): string {
  return `(array_agg(${expression} ORDER BY (${expression}) COLLATE "C") FILTER (WHERE ${where}))[1:${MOST}]`;
}

/** The same, each once. */
export function firstDistinct(expression: string): string {
  return `(array_agg(DISTINCT (${expression}) COLLATE "C"))[1:${MOST}]`;
}
