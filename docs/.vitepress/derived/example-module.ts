import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as formSchema from '@castellan/form-schema';
import { transformSync } from '@swc/core';
import { ROOT } from '../repository.js';

/** What an example may import. */
const MODULES: Readonly<Record<string, unknown>> = { '@castellan/form-schema': formSchema };

/**
 * Runs an example and gives back what it exports. It is compiled here because it has decorators, which what loads the site's
 * own files does not know; with the same settings as in the tests, so that both run the same thing.
 */
export function runExample(file: string): Readonly<Record<string, unknown>> {
  const { code } = transformSync(readFileSync(join(ROOT, file), 'utf8'), {
    filename: file,
    swcrc: false,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      target: 'es2022',
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    },
    module: { type: 'commonjs' },
  });
  const exported: Record<string, unknown> = {};
  const load = (name: string): unknown => {
    if (!(name in MODULES)) throw new Error(`${file} imports ${name}, which examples of fields cannot.`);
    return MODULES[name];
  };
  // Our own file, compiled the line before.
  new Function('exports', 'require', code)(exported, load);
  return exported;
}
