/** Letters of other alphabets, and digits, that are read as the letter below them. */
const LOOKS = '\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u045501345|i';
const LIKE = 'aeopcyxljsoleasll';

/** The part of a login before the `@`, in small letters and without what stands between words. */
export function plainName(login: string): string {
  return `regexp_replace(lower(split_part(${login}, '@', 1)), '[^[:alnum:]|]+', '', 'g')`;
}

/** The same for names that a person takes for one another: `rnaria.i0pez` as `maria.lopez`. */
export function foldedName(login: string): string {
  return `replace(replace(translate(${plainName(login)}, '${LOOKS}', '${LIKE}'), 'rn', 'm'), 'vv', 'w')`;
}
