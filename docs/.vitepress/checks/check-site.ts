import type { SiteConfig } from 'vitepress';
import { filesWithoutTopic, readContract, undocumented } from '../reference/contract.js';
import { Reference } from '../reference/reference-page.js';
import { sidebar } from '../sidebar.js';
import { BuiltSite } from './links.js';
import { differingFilesBelow } from './shown-files.js';
import { sidebarProblems } from './sidebar-pages.js';

/** @throws Error that names everything that is wrong with the built site. */
export function checkSite({ outDir, srcDir, pages }: Pick<SiteConfig, 'outDir' | 'srcDir' | 'pages'>): void {
  const site = new BuiltSite(outDir);
  const chapters = readContract();
  const findings: readonly (readonly [what: string, found: readonly string[]])[] = [
    ['dead links', site.deadLinks()],
    ['resources from elsewhere', site.outsideResources()],
    ['sidebar', sidebarProblems(pages, sidebar)],
    ['code blocks', differingFilesBelow(srcDir)],
    ['exported without a doc comment', undocumented(chapters)],
    ['doc comments', new Reference(chapters).problems],
    ['files that no page of the reference shows (see reference/topics.ts)', filesWithoutTopic()],
  ];
  const wrong = findings.filter(([, found]) => found.length > 0);
  if (wrong.length === 0) return;
  throw new Error(wrong.map(([what, found]) => `${what}:\n${found.map((one) => `  ${one}`).join('\n')}`).join('\n'));
}
