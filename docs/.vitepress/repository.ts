import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository: what a page links to or shows lies below it. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A text of the repository that is a page of the site: `packages/storage/README.md` is `readme/storage.md`. */
export interface Readme {
  readonly name: string;
  /** Below the repository's folder. */
  readonly file: string;
}

/** Those at the root. */
export const ROOT_PAGES: readonly Readme[] = [
  { name: 'castellan', file: 'README.md' },
  { name: 'contributing', file: 'CONTRIBUTING.md' },
  { name: 'style', file: 'STYLE.md' },
];

/** Those of the applications and packages. */
export const PACKAGE_PAGES: readonly Readme[] = ['apps', 'packages'].flatMap((parent) =>
  readdirSync(join(ROOT, parent))
    .toSorted()
    .map((name) => ({ name, file: `${parent}/${name}/README.md` }))
    .filter(({ file }) => existsSync(join(ROOT, file))),
);

export const README_PAGES: readonly Readme[] = [...ROOT_PAGES, ...PACKAGE_PAGES];

/** The file of the repository that a page is made of; `page` as VitePress names it: `adr/0001-record-vocabulary.md`. */
export function sourceOf(page: string): string {
  return README_PAGES.find(({ name }) => page === `readme/${name}.md`)?.file ?? `docs/${page}`;
}

/** The page that shows a file or folder of the repository; `undefined` when none does. */
export function pageOf(path: string): string | undefined {
  const readme = README_PAGES.find(({ file }) => file === path || file === `${path}/README.md`);
  if (readme !== undefined) return `readme/${readme.name}.md`;
  if (!path.startsWith('docs/')) return undefined;
  const page = path.slice('docs/'.length);
  return page.endsWith('.md') ? page : `${page}/index.md`;
}
