import type { Answers } from './answers.js';
import { STREAM_CODE } from './streams.js';

/** What surrounds the code of the package. */
export function packageFiles(answers: Answers): Readonly<Record<string, string>> {
  const { id } = answers;
  return {
    'package.json': json(manifest(answers)),
    'turbo.json': '{ "extends": ["//"], "tags": ["connector"] }\n',
    'tsconfig.json': json({
      extends: '../../tsconfig.base.json',
      compilerOptions: { noEmit: true, types: ['node', 'jest'] },
      include: ['src', 'test'],
    }),
    'tsconfig.build.json': json({
      extends: '../../tsconfig.base.json',
      compilerOptions: { rootDir: 'src', outDir: 'dist' },
      include: ['src'],
    }),
    'README.md': readme(answers, `connector-${id}`),
  };
}

function manifest({ id, name }: Answers): object {
  return {
    name: `@castellan/connector-${id}`,
    version: '0.0.0',
    private: true,
    description: `The ${name} connector`,
    type: 'module',
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
    files: ['dist'],
    scripts: { build: 'tsc -p tsconfig.build.json', typecheck: 'tsc -p tsconfig.json' },
    dependencies: { '@castellan/connector-sdk': '*', '@castellan/form-schema': '*' },
    castellan: { role: 'connector', id },
    devDependencies: { '@castellan/connector-testkit': '*' },
  };
}

function readme({ id, name, streams }: Answers, folder: string): string {
  const rows = streams.map((stream) => `| \`${stream}\` | \`${STREAM_CODE[stream].permission}\` |`).join('\n');
  return `# ${folder}

The ${name} connector.

| stream | needs |
| --- | --- |
${rows}

| folder | holds |
| --- | --- |
| \`src/config\` | the settings: form, rules and secrecy |
| \`src/client\` | requests and the credential |
| \`src/map\`, \`src/streams\` | the provider's objects as records, page by page |
| \`test\` | a fake provider, and the conformance suite against it |

\`npx castellan spec ${id}\` prints the form; \`npx castellan check ${id} --config FILE\` tests a connection; \`npx castellan sync ${id} --config FILE\` reads it.
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
