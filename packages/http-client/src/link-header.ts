/** One `<target>; name=value; name="value"` of a Link header. */
export interface Link {
  readonly target: string;
  readonly rels: readonly string[];
}

/** `undefined` when a line cannot be read: a `next` that is overlooked makes half a list look like a whole one. */
export function parseLinks(lines: readonly string[]): readonly Link[] | undefined {
  const links: Link[] = [];
  for (const line of lines) {
    let rest = line.trim();
    while (rest !== '') {
      // The target may contain commas and semicolons, and so may a quoted parameter: splitting at them loses links.
      const match = /^<([^<>]*)>((?:\s*;\s*[^\s;,="<>]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"<>]*))?)*)\s*;?\s*(?:,|$)/.exec(
        rest,
      );
      if (match === null) return undefined;
      const [all, target = '', parameters = ''] = match;
      links.push({ target: target.trim(), rels: relsOf(parameters) });
      rest = rest.slice(all.length).replace(/^[\s,]+/, '');
    }
  }
  return links;
}

function relsOf(parameters: string): readonly string[] {
  const match = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]*))/i.exec(parameters);
  return (match?.[1] ?? match?.[2] ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((rel) => rel !== '');
}
