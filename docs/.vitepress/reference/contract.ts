import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { ROOT } from '../repository.js';
import { type Declaration, declarationsOf } from './declarations.js';
import { type Topic, TOPICS } from './topics.js';

/** What one topic shows, in the order of its files. */
export interface Chapter {
  readonly topic: Topic;
  readonly declarations: readonly Declaration[];
}

/** What the packages of the contract export, by topic. Types that are not exported but stand in what is are shown with it. */
export function readContract(): readonly Chapter[] {
  return TOPICS.map((topic) => {
    const exported = exportsOf(topic.package);
    const all = topic.files.flatMap((file) => declarationsOf(join(sources(topic.package), file)));
    const isPublic = ({ name, file, isExported }: Declaration): boolean => {
      const names = exported.get(file);
      return isExported && (names === 'all' || names?.has(name) === true);
    };
    return { topic, declarations: withWhatTheyName(all.filter(isPublic), all) };
  });
}

/** Files of a package whose declarations are exported and that no topic shows. */
export function filesWithoutTopic(): readonly string[] {
  const packages = [...new Set(TOPICS.map((topic) => topic.package))];
  return packages.flatMap((name) => {
    const shown = new Set(TOPICS.filter((topic) => topic.package === name).flatMap(({ files }) => files));
    return [...exportsOf(name).keys()].filter((file) => !shown.has(file)).map((file) => `packages/${name}/src/${file}`);
  });
}

/** Exported names without a doc comment. */
export function undocumented(chapters: readonly Chapter[]): readonly string[] {
  return chapters.flatMap(({ topic, declarations }) =>
    declarations
      .filter(({ comment, isExported }) => isExported && comment === undefined)
      .map(({ file, name }) => `packages/${topic.package}/src/${file}: ${name}`),
  );
}

function sources(name: string): string {
  return join(ROOT, 'packages', name, 'src');
}

/** By file: the names that the package's `index.ts` exports from it. */
function exportsOf(name: string): ReadonlyMap<string, 'all' | ReadonlySet<string>> {
  const path = join(sources(name), 'index.ts');
  const found = new Map<string, 'all' | ReadonlySet<string>>();
  for (const statement of parseSync(path, readFileSync(path, 'utf8')).program.body) {
    if (statement.type !== 'ExportAllDeclaration' && statement.type !== 'ExportNamedDeclaration') continue;
    const from = statement.source?.value ?? '';
    // What comes from another package is on that package's page.
    if (!from.startsWith('./')) continue;
    const file = from.slice(2).replace(/\.js$/, '.ts');
    const names = statement.type === 'ExportAllDeclaration' ? 'all' : new Set(statement.specifiers.map(specifierName));
    found.set(file, names);
  }
  return found;
}

function specifierName({ exported }: { readonly exported: object }): string {
  return 'name' in exported ? String(exported.name) : '';
}

function withWhatTheyName(shown: readonly Declaration[], all: readonly Declaration[]): readonly Declaration[] {
  const isNamed = ({ name }: Declaration): boolean =>
    shown.some((one) => one.kind !== 'const' && new RegExp(`\\b${name}\\b`).test(`${one.heritage} ${one.code}`));
  const isType = ({ kind }: Declaration): boolean => kind === 'interface' || kind === 'type';
  const more = all.filter((one) => !shown.includes(one) && isType(one) && isNamed(one));
  if (more.length === 0) return shown;
  // In the order of the files; what was added may name others in turn.
  return withWhatTheyName(
    all.filter((one) => shown.includes(one) || more.includes(one)),
    all,
  );
}
