import { join } from 'node:path';
import { RECORD_KINDS } from '@castellan/connector-sdk';
import { declarationsOf } from '../reference/declarations.js';
import { readComment } from '../reference/doc-comment.js';
import { ROOT } from '../repository.js';
import { oktaConnector } from './okta-connector.js';

const SOURCES = ['records.ts', 'exposure-records.ts', 'posture-records.ts'].map((file) =>
  join(ROOT, 'packages/connector-sdk/src', file),
);
/** Every kind with its meaning, and the streams of the Okta connector that bring it. */
export function recordKinds(): string {
  const declarations = SOURCES.flatMap(declarationsOf);
  const shapes = new Map(
    declarations
      .find(({ name }) => name === 'RecordMap')
      ?.members.map(({ name, signature }) => [name, signature.split(': ')[1] ?? '']),
  );
  const rows = RECORD_KINDS.map((kind) => {
    const shape = shapes.get(kind) ?? '';
    const comment = declarations.find(({ name }) => name === shape)?.comment;
    // The first sentence: behind `e.g.` goes on a small letter.
    const [meaning = ''] = readComment(comment, () => undefined).summary.split(/(?<=\.)\s+(?=[A-Z(`])/);
    const streams = oktaConnector.streams.filter((stream) => stream.kind === kind).map(({ name }) => `\`${name}\``);
    return `| [\`${kind}\`](../reference/records.md#${shape.toLowerCase()}) | ${meaning} | ${streams.join(', ')} |`;
  });
  return ['| kind | is | Okta streams |', '| --- | --- | --- |', ...rows].join('\n');
}
