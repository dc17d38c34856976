// A text as small words with one space between them and one before: what a parameter names is found where a word begins with it.
const plain = (text: string): string => `(' ' || regexp_replace(lower(${text}), '[^[:alnum:]]+', ' ', 'g'))`;

/**
 * Whether a text has a word that begins with one of those of a parameter: `aws` is in `Acme AWS` and `aws_console`, and not in `laws`.
 * @param parameter e.g. `$sensitive`
 */
export function hasWord(text: string, parameter: string): string {
  // Nothing of a pattern is left in a plain text. The list is made once for the statement.
  return `${plain(text)} LIKE ANY (ARRAY(SELECT '%' || ${plain('w.word')} || '%' FROM unnest(${parameter}) AS w (word)))`;
}
