/** Dark enough for white letters. */
const COLORS = ['indigo', 'teal', 'grape', 'cyan', 'pink', 'violet', 'blue', 'green'] as const;

/** One letter or two, and a colour that is the same on every page and day. */
export function connectorMark(connector: { readonly id: string; readonly name: string }): {
  readonly letters: string;
  readonly color: (typeof COLORS)[number];
} {
  const words = connector.name.split(/[^\p{L}\p{N}]+/u).filter((word) => /^\p{L}/u.test(word));
  const letters = words.slice(0, 2).map((word) => word.charAt(0).toUpperCase());
  // Of the id: a connector that is renamed keeps its colour.
  const sum = [...connector.id].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 9_973, 7);
  return { letters: letters.join('') || '?', color: COLORS[sum % COLORS.length] ?? 'indigo' };
}
