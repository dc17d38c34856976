// Words of letters and digits, small, with one space before each.
const plain = (text: string): string => `(' ' || trim(regexp_replace(lower(${text}), '[^[:alnum:]]+', ' ', 'g')))`;

/** What a parameter says in words, made once for the statement. A text without a letter or a digit has none, and is in no name. */
const patterns = (parameter: string, end: string): string =>
  // Nothing of a pattern is left in a plain text.
  `ARRAY(SELECT '%' || ${plain('w.word')} || '${end}' FROM unnest(${parameter}) AS w (word) WHERE w.word ~ '[[:alnum:]]')`;

/**
 * Whether a text has a word that begins with one of those of a parameter: `aws` is in `Acme AWS` and `aws_console`, and not in `laws`.
 * @param parameter e.g. `$sensitive`
 */
export function hasWord(text: string, parameter: string): string {
  return `${plain(text)} LIKE ANY (${patterns(parameter, '%')})`;
}

/**
 * Whether one of the words of a parameter, or one of its phrases, stands in a text as it is: `svc` in `svc-backup`, but not in `svcs`.
 * @param parameter e.g. `$words`
 */
export function hasWholeWord(text: string, parameter: string): string {
  return `(${plain(text)} || ' ' LIKE ANY (${patterns(parameter, ' %')}))`;
}
