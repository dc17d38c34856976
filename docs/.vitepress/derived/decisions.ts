import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../repository.js';

export interface Decision {
  /** `0001-record-vocabulary.md` */
  readonly file: string;
  /** Its heading: `1. What a record says`. */
  readonly title: string;
}

/** The files of `docs/adr`, by number. */
export function decisions(): readonly Decision[] {
  const folder = join(ROOT, 'docs/adr');
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.*\.md$/.test(file))
    .toSorted()
    .map((file) => {
      const title = /^# (.+)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
      if (title === undefined) throw new Error(`docs/adr/${file} has no heading.`);
      return { file, title };
    });
}

export function decisionList(): string {
  return decisions()
    .map(({ file, title }) => `- [${title}](${file})`)
    .join('\n');
}
