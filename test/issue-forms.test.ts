import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './planted-repository.js';

const FOLDER = join(ROOT, '.github', 'ISSUE_TEMPLATE');

interface Field {
  readonly type?: string;
  readonly id?: string;
  readonly attributes?: { readonly label?: string; readonly value?: string; readonly options?: readonly unknown[] };
}
interface Form {
  readonly name?: string;
  readonly description?: string;
  readonly body?: readonly Field[];
}

const ASKING = new Set(['input', 'textarea', 'dropdown', 'checkboxes']);
const CHOOSING = new Set(['dropdown', 'checkboxes']);

/** GitHub leaves a form out without a word when it breaks one of its rules for them ("Syntax for GitHub's form schema"). */
function faultsOf({ name, description, body = [] }: Form): readonly string[] {
  const asking = body.filter(({ type }) => type !== 'markdown');
  const ids = asking.map(({ id }) => id);
  return [
    ...(name ? [] : ['no name']),
    ...(description ? [] : ['no description']),
    ...(asking.length > 0 ? [] : ['asks nothing']),
    ...body.flatMap(({ type, attributes }) => (type === 'markdown' && !attributes?.value ? ['says nothing'] : [])),
    ...asking.flatMap(({ type = 'nothing' }) => (ASKING.has(type) ? [] : [`a field of type ${type}`])),
    ...asking.flatMap(({ id, attributes }) => (attributes?.label ? [] : [`${id}: no label`])),
    ...asking.flatMap(({ id = '' }) => (/^[\w-]+$/.test(id) ? [] : [`"${id}" is no id`])),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id}: twice`),
    ...asking.flatMap(({ type = '', id, attributes }) =>
      CHOOSING.has(type) && !attributes?.options?.length ? [`${id}: no options`] : [],
    ),
  ];
}

const forms = readdirSync(FOLDER).filter((file) => file !== 'config.yml');

test.each(forms)('%s is a form that GitHub shows', (file) => {
  expect(faultsOf(parse(readFileSync(join(FOLDER, file), 'utf8')) as Form)).toEqual([]); // every part may be missing
});

test('there are three, each with its own label', () => {
  const labels = forms.flatMap((file) => (parse(readFileSync(join(FOLDER, file), 'utf8')) as { labels: string[] }).labels); // ours
  expect(labels.toSorted()).toEqual(['bug', 'connector', 'feature']);
});

test('a form with mistakes is found out', () => {
  const body = [
    { type: 'markdown' },
    { type: 'input', id: 'a' },
    { type: 'select', id: 'a', attributes: { label: 'A' } },
    { type: 'dropdown', id: 'b c', attributes: { label: 'B' } },
  ];
  expect(faultsOf({ name: 'x', body })).toEqual([
    'no description',
    'says nothing',
    'a field of type select',
    'a: no label',
    '"b c" is no id',
    'a: twice',
    'b c: no options',
  ]);
  expect(faultsOf({ name: 'x', description: 'y' })).toEqual(['asks nothing']);
});
