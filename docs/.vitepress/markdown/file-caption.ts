import type { MarkdownRenderer } from 'vitepress';

/** What stands behind `file:` in the first line of a code block: a path below the repository, and `#` with a region of it. */
export const SHOWN_FILE = /\bfile:(?<path>[^\s#]+)(?:#(?<region>\S+))?/;

/** The same, or the path of a file that the reader of a tutorial writes: `write:packages/connector-new/src/index.ts`. */
const NAMED_FILE = /\b(?:file|write):(?<path>[^\s#]+)/;

/** A code block that is a file says which. */
export function fileCaption(md: MarkdownRenderer): void {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const html = fence?.(tokens, index, ...rest) ?? '';
    const path = NAMED_FILE.exec(tokens[index]?.info ?? '')?.groups?.['path'];
    return path === undefined ? html : `<p class="file-caption">${md.utils.escapeHtml(path)}</p>${html}`;
  };
}
