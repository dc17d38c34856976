/**
 * A test for names that match one of the patterns: `*` stands for any characters, `?` for one, everything else for itself.
 * Capitals and the two ways to write an accent do not matter.
 * Not turned into a regular expression: `*a*a*a*` would make that try every way to divide the name. Here a step back never goes
 * before the last `*`, so that one pattern takes at most (its length x the name's length) steps, and the usual ones far less.
 */
export function namePattern(patterns: readonly string[]): (name: string) => boolean {
  const folded = [...new Set(patterns.map(fold))];
  const whole = new Set(folded.filter((pattern) => !/[*?]/.test(pattern)));
  const wild = folded.filter((pattern) => !whole.has(pattern)).map((pattern) => [...pattern.replace(/\*+/g, '*')]);
  return (name) => {
    const text = fold(name);
    if (whole.has(text)) return true;
    const letters = [...text];
    return wild.some((pattern) => matches(pattern, letters));
  };
}

/** Letter by letter, since a whole word's lower case depends on what stands beside a letter (the Greek sigma), and a pattern cuts words. */
function fold(text: string): string {
  return Array.from(text.normalize('NFC'), (letter) => letter.toUpperCase().toLowerCase())
    .join('')
    .normalize('NFC');
}

function matches(pattern: readonly string[], letters: readonly string[]): boolean {
  let at = 0;
  let inPattern = 0;
  /** The last `*`, and where what it stands for ends so far. */
  let star = -1;
  let starEnd = 0;
  while (at < letters.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      star = inPattern;
      starEnd = at;
      inPattern += 1;
    } else if (wanted === '?' || (wanted !== undefined && wanted === letters[at])) {
      at += 1;
      inPattern += 1;
    } else if (star >= 0) {
      // The last `*` takes one more; earlier ones need not, since they hold the least that can be.
      starEnd += 1;
      at = starEnd;
      inPattern = star + 1;
    } else {
      return false;
    }
  }
  return pattern.slice(inPattern).every((left) => left === '*');
}
