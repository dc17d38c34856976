/** A member of a type, or an option of a function. */
export interface ListedMember {
  /** HTML, on one line. */
  readonly code: string;
  /** Markdown; empty when the name says all. */
  readonly meaning: string;
}

/** Members one below the other: a table of them would not fit a narrow screen. */
export function memberList(members: readonly ListedMember[]): string {
  const entries = members.map(({ code, meaning }) => {
    const term = `<dt><code v-pre>${code}</code></dt>`;
    return meaning === '' ? `${term}<dd></dd>` : `${term}<dd>\n\n${meaning}\n\n</dd>`;
  });
  return `<dl class="members">\n${entries.join('\n')}\n</dl>`;
}

/**
 * A signature as HTML, the name in front set off.
 * @param word makes HTML of each word of what follows the name
 */
export function signatureHtml(name: string, signature: string, word: (text: string) => string = escapeHtml): string {
  const own = signature.startsWith(name) ? name : '';
  const rest = signature
    .slice(own.length)
    .replaceAll(/\/\*\*.*?\*\//gs, '')
    .replaceAll(/\s+/g, ' ');
  const html = rest.split(/\b/).map(word).join('');
  return own === '' ? html : `<b>${escapeHtml(own)}</b>${html}`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
