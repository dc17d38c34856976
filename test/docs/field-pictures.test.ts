import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigClass, describeForm } from '@castellan/form-schema';
import * as examples from '../../docs/examples/form-fields.js';
import { ROOT } from '../planted-repository.js';

const FOLDER = join(ROOT, 'docs/connectors/fields');

describe('pictures of the form fields', () => {
  const forms = Object.entries<unknown>(examples)
    .filter(([name]) => name.endsWith('Example'))
    // Named Example: a class with field decorators.
    .map(([name, config]) => [name.slice(0, -'Example'.length), describeForm(config as ConfigClass)] as const);

  test('there is one of each', () => {
    const pictures = readdirSync(FOLDER).filter((file) => file.endsWith('.png'));
    expect(pictures.toSorted()).toEqual(forms.map(([name]) => `${name}.png`).toSorted());
  });

  // When this fails: `npm run docs:pictures`, and look at what has changed.
  test.each(forms)('that of %s shows the form as it is', (name, form) => {
    const madeOf: unknown = JSON.parse(readFileSync(join(FOLDER, 'made-of.json'), 'utf8'));
    expect(Object(madeOf)[name]).toEqual(JSON.parse(JSON.stringify(form)));
  });
});
