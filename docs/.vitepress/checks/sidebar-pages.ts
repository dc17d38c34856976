import type { DefaultTheme } from 'vitepress';

/** Pages that nobody can find in the sidebar, and entries of it that lead to no page or stand in it twice. */
export function sidebarProblems(pages: readonly string[], sidebar: readonly DefaultTheme.SidebarItem[]): readonly string[] {
  const listed = linksOf(sidebar).map(pageAt);
  const missing = pages.filter((page) => !listed.includes(page)).map((page) => `${page} is not in the sidebar`);
  const dead = listed.filter((page) => !pages.includes(page)).map((page) => `the sidebar names ${page}, which is no page`);
  const twice = listed.filter((page, index) => listed.indexOf(page) !== index).map((page) => `${page} is in the sidebar twice`);
  return [...missing, ...dead, ...twice];
}

function linksOf(items: readonly DefaultTheme.SidebarItem[]): readonly string[] {
  return items.flatMap(({ link, items: below = [] }) => [...(link === undefined ? [] : [link]), ...linksOf(below)]);
}

/** `/adr/` is `adr/index.md`. */
function pageAt(link: string): string {
  return `${link.replace(/^\//, '').replace(/(^|\/)$/, '$1index')}.md`;
}
