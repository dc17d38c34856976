/** A time as text, exact to the microsecond: needs no zone and no setting of the session to be read the same again. */
export function instantText(expression: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
