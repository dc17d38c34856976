import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContract } from './reference/contract.js';
import { Reference } from './reference/reference-page.js';
import { README_PAGES, ROOT } from './repository.js';

/** A page that is made of other files: `reference/streams.md`, `readme/storage.md`. */
export interface MadePage {
  readonly name: string;
  /** Markdown. */
  readonly content: string;
}

export function referencePages(): readonly MadePage[] {
  const chapters = readContract();
  const reference = new Reference(chapters);
  return chapters.map((chapter) => ({ name: chapter.topic.name, content: reference.page(chapter) }));
}

export function readmePages(): readonly MadePage[] {
  return README_PAGES.map(({ name, file }) => ({ name, content: readFileSync(join(ROOT, file), 'utf8') }));
}

/** The text of each made page by its name, for the search: it is in no file. */
export function madeContent(): ReadonlyMap<string, string> {
  const pages = { reference: referencePages(), readme: readmePages() };
  return new Map(
    Object.entries(pages).flatMap(([folder, made]) =>
      made.map(({ name, content }) => [`${folder}/${name}.md`, content] as const),
    ),
  );
}
