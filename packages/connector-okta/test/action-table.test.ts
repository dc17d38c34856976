import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ACTION_SCOPES } from '../src/config/scopes.js';
import { connector } from '../src/index.js';

const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');
const code = (text: string | null): string => (text === null ? '–' : `\`${text}\``);

test('the README has each action, with what it does and what takes it back', () => {
  const rows = connector.actions.map(
    ({ name, subject, effect, undo, requires }) =>
      `| \`${name}\` | ${subject} | ${effect} | ${code(undo)} | ${requires.map(code).join(' ')} |`,
  );
  const listed = readme.split('\n').filter((line) => /^\| `[a-z-]+` \| [a-z_]+ \| (write|destructive) \|/.test(line));
  expect(listed).toEqual(rows);
});

test('nothing is offered, and no right to change anything asked for, unless somebody has switched it on', () => {
  const base = { domain: 'https://acme.okta.com', auth: { method: 'api_token' as const, token: 'x' } };
  // As a host keeps settings: defaults are not filled in.
  expect(connector.actionsOf(base as never)).toEqual([]);
  expect(connector.actionsOf({ ...base, actions: true } as never)).toEqual(connector.actions);
});

test('each scope of an action is one that is asked for, and each that is asked for serves an action', () => {
  const needed = new Set(connector.actions.flatMap(({ requires }) => requires));
  expect([...needed].toSorted()).toEqual([...ACTION_SCOPES].toSorted());
});
