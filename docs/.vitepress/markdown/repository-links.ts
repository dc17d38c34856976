import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { MarkdownEnv, MarkdownRenderer } from 'vitepress';
import { pageOf, ROOT, sourceOf } from '../repository.js';

/**
 * Pages link to each other as files of the repository do (`../packages/storage/README.md#x`, `adr`), so that the links also lead
 * somewhere where the repository is read without the site. Here they become addresses of the site. A link to what is no page is
 * left as it is, and the check of the built site finds it.
 */
export function repositoryLinks(md: MarkdownRenderer): void {
  md.core.ruler.after('inline', 'repository_links', ({ tokens, env }) => {
    const { relativePath }: MarkdownEnv = env;
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const name = token.type === 'link_open' ? 'href' : token.type === 'image' ? 'src' : undefined;
      const target = name === undefined ? null : token.attrGet(name);
      if (name === undefined || target === null) continue;
      const place = name === 'href' ? linkTo(target, relativePath) : imageAt(target, relativePath);
      if (place !== undefined) token.attrSet(name, place);
    }
  });
}

/** @param page that the link stands on */
function linkTo(target: string, page: string): string | undefined {
  const [path = '', anchor] = target.split('#', 2);
  const found = inRepository(path, page);
  const shown = found === undefined ? undefined : pageOf(found);
  if (shown === undefined) return undefined;
  const address = shown.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '');
  return `/${address}${anchor === undefined ? '' : `#${anchor}`}`;
}

/** An image of a README lies elsewhere than the page that shows it. */
function imageAt(target: string, page: string): string | undefined {
  const found = inRepository(target, page);
  if (found === undefined || !found.startsWith('docs/')) return undefined;
  const path = posix.relative(posix.dirname(page), found.slice('docs/'.length));
  return path.startsWith('.') ? path : `./${path}`;
}

/** What a relative path on a page means in the repository; `undefined` for every other link and where nothing is. */
function inRepository(path: string, page: string): string | undefined {
  if (path === '' || path.startsWith('/') || /^[a-z][a-z+.-]*:/i.test(path)) return undefined;
  const found = posix.join(posix.dirname(sourceOf(page)), path).replace(/\/$/, '');
  return isGenerated(found) || existsSync(join(ROOT, found)) ? found : undefined;
}

/** Pages of the reference are made when the site is. */
function isGenerated(path: string): boolean {
  return path.startsWith('docs/reference/');
}
