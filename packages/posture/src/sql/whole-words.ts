/**
 * Whether one of the words of a parameter stands in a text as a word: `svc` in `svc-backup`, but not in `svcs`. Capitals or not.
 * @param parameter e.g. `$words`
 */
export function hasWholeWord(text: string, parameter: string): string {
  return `string_to_array(regexp_replace(lower(${text}), '[^[:alnum:]]+', ' ', 'g'), ' ') && ARRAY(SELECT lower(w) FROM unnest(${parameter}) AS w)`;
}
