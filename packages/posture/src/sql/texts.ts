/** Whether a text is one of a parameter's, capitals or not. */
export function isOneOf(expression: string, parameter: string): string {
  return `lower(${expression}) = ANY (ARRAY(SELECT lower(n) FROM unnest(${parameter}) n))`;
}
