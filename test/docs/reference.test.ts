import { join } from 'node:path';
import { type Chapter, undocumented } from '../../docs/.vitepress/reference/contract.js';
import { declarationsOf } from '../../docs/.vitepress/reference/declarations.js';
import { readComment } from '../../docs/.vitepress/reference/doc-comment.js';
import { Reference } from '../../docs/.vitepress/reference/reference-page.js';
import { fieldOptions } from '../../docs/.vitepress/derived/field-options.js';
import { folderOf } from './temporary-folder.js';

const SOURCE = `
import type { Json } from './json.js';

/** One page of rows. See {@link size}. */
export interface Page<K extends string> extends Base {
  /** Where to go on; \`null\` says the end. */
  readonly next: K | null;
  read(at: number): Promise<Page<K>>;
}
interface Base { readonly rows: readonly Json[] }

export type Size = 'small' | 'large';

/**
 * How many rows.
 * @param page the one to count
 * @throws RangeError when there are none
 */
export function size(page: Page<string>): number {
  return page.rows.length;
}

/** All sizes. */
export const SIZES = ['small', 'large'] as const;

/** Counts. */
export class Counter {
  #count = 0;
  /** So far. */
  get count(): number { return this.#count; }
  /** Once more. */
  add(by = 1): this { this.#count += by; return this; }
}
// no doc comment
export const SECRET = 1;
`;

function chapterOf(source: string): Chapter {
  const file = join(folderOf({ 'page.ts': source }), 'page.ts');
  const topic = { name: 'pages', title: 'Pages', lead: 'All about pages.', package: 'sample', files: ['page.ts'] };
  return { topic, declarations: declarationsOf(file) };
}

test('declarations are read with their comments, types and members', () => {
  const { declarations } = chapterOf(SOURCE);
  expect(declarations.map(({ name, kind, isExported }) => [name, kind, isExported])).toEqual([
    ['Page', 'interface', true],
    ['Base', 'interface', false],
    ['Size', 'type', true],
    ['size', 'function', true],
    ['SIZES', 'const', true],
    ['Counter', 'class', true],
    ['SECRET', 'const', true],
  ]);
  const [page, , , size, , counter] = declarations;
  expect(page).toMatchObject({ typeParameters: '<K extends string>', heritage: 'Base' });
  expect(page?.members.map(({ signature }) => signature)).toEqual(['next: K | null', 'read(at: number): Promise<Page<K>>']);
  expect(size?.code).toBe('function size(page: Page<string>): number');
  // What is private is nobody's business, and neither is how it is done.
  expect(counter?.members.map(({ signature }) => signature)).toEqual(['get count(): number', 'add(by = 1): this']);
});

test('a page shows what is exported, with links between the types', () => {
  const chapter = chapterOf(SOURCE);
  const reference = new Reference([chapter]);
  const page = reference.page(chapter);
  expect(reference.problems).toEqual([]);
  expect(page).toContain('One page of rows. See [`size`](pages.md#size).');
  expect(page).toContain('<b>read</b>(at: number): Promise&lt;<a href="#page">Page</a>&lt;K&gt;&gt;');
  expect(page).toContain('`page`: the one to count');
  expect(page).toContain('**Throws** RangeError when there are none');
  expect(page).toContain("const SIZES = ['small', 'large'] as const;");
});

test('an exported name without a doc comment is found', () => {
  expect(undocumented([chapterOf(SOURCE)])).toEqual([
    'packages/sample/src/page.ts: Size',
    'packages/sample/src/page.ts: SECRET',
  ]);
});

test.each([
  ['a link that leads nowhere', '/** See {@link gone}. */', '{@link gone} leads nowhere'],
  ['a tag that nobody knows', '/** Rows.\n * @rows 3 */', '@rows'],
  ['a tag that is not shown', '/** Rows.\n * @deprecated use pages */', '@DEPRECATED is not shown'],
])('%s is found', (_, comment, problem) => {
  const { problems } = readComment(comment, () => undefined);
  expect(problems.join('\n')).toContain(problem);
});

test('what Markdown or Vue would take for more stays text', () => {
  const { summary, problems } = readComment('/** A <b>list</b> of {{ x }} and a_b_c; `<K>` stays. */', () => undefined);
  expect(problems).toEqual([]);
  expect(summary).not.toMatch(/<b>|\{\{/);
  expect(summary).toContain('&lt;b>list&lt;/b>');
  expect(summary).toContain('`<K>`');
});

test.each([
  ['TextField', ['label', 'help', 'placeholder', 'group', 'guide', 'optional', 'address', 'maxLength', 'pattern']],
  ['SecretField', ['label', 'help', 'placeholder', 'group', 'guide', 'optional', 'maxLength', 'multiline']],
  ['OriginField', ['label', 'help', 'placeholder', 'group', 'guide', 'optional', 'normalise', 'check']],
  ['SwitchField', ['label', 'help', 'placeholder', 'group', 'guide']],
  ['TextListField', ['label', 'help', 'placeholder', 'group', 'guide', 'address', 'maxItems', 'maxLength']],
  ['SelectField', ['label', 'help', 'placeholder', 'group', 'guide', 'optional', 'address', 'options']],
  ['VariantField', ['label', 'help', 'placeholder', 'group', 'guide', 'optional', 'discriminator', 'variants']],
])('the options of %s', (decorator, names) => {
  expect(fieldOptions(decorator).map(({ name }) => name)).toEqual(names);
});
