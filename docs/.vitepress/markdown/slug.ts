/**
 * The anchor of a heading, made as the usual web views of a repository make it: lower case, letters and digits kept, blanks to
 * hyphens, all else left out. So a link to a heading leads there on the site and beside the source alike.
 */
export function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}
