const ABBREVIATIONS = new Map([
  ['api', 'API'],
  ['idp', 'IdP'],
]);

/** `group-rules`: `group rules`. */
export function streamWords(name: string): string {
  return name
    .split(/[-_]/)
    .map((word) => ABBREVIATIONS.get(word) ?? word)
    .join(' ');
}

/** `group-rules`: `Group rules`. */
export function streamTitle(name: string): string {
  const words = streamWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `Accounts, groups and 3 more`: at most so many by name. */
export function streamList(names: readonly string[], most = 4): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const words = shown.map((name, index) => (index === 0 ? streamTitle(name) : streamWords(name)));
  const rest = names.length - shown.length;
  if (rest > 0) return `${words.join(', ')} and ${rest} more`;
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
