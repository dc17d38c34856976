/** An instant as evidence: the same whatever the session's time zone is. */
export function instant(expression: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}

/** Days before now. @param days the name of a parameter */
export function daysAgo(days: string): string {
  return `now() - make_interval(days => ${days})`;
}
