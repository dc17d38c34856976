import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlantedRepository, ROOT } from '../planted-repository.js';
import { RepositoryCopy } from '../repository-copy.js';
import { Reader, stepsOf } from './tutorial.js';

const PAGE = 'docs/connectors/first-connector.md';

describe('"Your first connector", followed literally', () => {
  const steps = stepsOf(readFileSync(join(ROOT, PAGE), 'utf8'));
  let copy: RepositoryCopy;
  let reader: Reader;
  let hasFailed = false;

  beforeAll(() => {
    copy = new RepositoryCopy('own');
    reader = new Reader(copy);
  }, 120_000);
  afterAll(async () => {
    await reader.end();
    copy.remove();
  });

  const named = steps.map((step) => [step.does, step.does === 'write' ? step.path : step.commands.trim(), step] as const);
  test.each(named)(
    '%s: %s',
    async (_does, _what, step) => {
      // Each step stands on those before it.
      if (hasFailed) throw new Error('An earlier step has failed.');
      hasFailed = true;
      await reader.follow(step);
      hasFailed = false;
    },
    240_000,
  );
});

describe('a page that is wrong', () => {
  const block = (info: string, text: string): string => `\`\`\`sh ${info}\n${text}\n\`\`\`\n`;

  test.each([
    ['a block that nobody knows what to do with', block('runs', 'true'), 'says nothing about what to do'],
    ['output of nothing', block('output', 'well'), 'belongs to no command'],
    ['output of a file', block('write:a', 'a') + block('output', 'well'), 'belongs to no command'],
  ])('%s', (_, page, problem) => {
    expect(() => stepsOf(page)).toThrow(problem);
  });

  test.each([
    ['a command that fails', block('run', 'echo well; exit 3'), 'ended with 3'],
    ['the first of two that fails', block('run', 'exit 3\necho well'), 'ended with 3'],
    ['a command that is to fail and does not', block('run fails', 'echo well'), 'ended with 0'],
    ['output that does not come', block('run', 'echo well') + block('output', 'done'), 'does not print\ndone'],
    ['a number inside of a longer one', block('run', 'echo 1250') + block('output', '250'), 'does not print\n250'],
    ['a terminal that ends', block('terminal', 'node -v') + block('output', 'done'), 'does not print\ndone'],
  ])('%s', async (_, page, problem) => {
    const folder = new PlantedRepository();
    const reader = new Reader(folder);
    const follow = async (): Promise<void> => {
      for (const step of stepsOf(page)) await reader.follow(step);
    };
    await expect(follow()).rejects.toThrow(problem);
    await reader.end();
    folder.remove();
  });
});
