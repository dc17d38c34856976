import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '@castellan/connector-sdk';
import { FACTS, ourPlaybooks, type Playbook, readPlaybook, SELECTORS, USES } from '@castellan/playbooks';
import { root, tableIn } from './detection-guide.js';

// Connectors are found by their marker, and imported by name: this is one that has every action.
const { connector } = (await import('@castellan/connector-okta' as string)) as { readonly connector: Connector };
const guide = readFileSync(join(root, 'docs/playbooks.md'), 'utf8');
const playbooks = (await ourPlaybooks()).map(({ playbook }) => playbook);
const quoted = (names: readonly string[]): string =>
  names.length === 0 ? 'nothing' : names.map((name) => `\`${name}\``).join(', ');

/** What it does before anybody has said anything, and what only then. */
function actionsOf({ steps }: Playbook): { readonly alone: readonly string[]; readonly asked: readonly string[] } {
  const first = steps.findIndex(({ kind }) => kind === 'approval');
  const [alone, asked] = [new Set<string>(), new Set<string>()];
  for (const [n, step] of steps.entries()) {
    if (step.kind !== 'action') continue;
    const effect = connector.actions.find(({ name }) => name === step.action)?.effect;
    const isAlone = effect === 'write' && (first < 0 || n < first);
    (isAlone ? alone : asked).add(step.action);
  }
  return { alone: [...alone], asked: [...asked] };
}

test('the table has the playbooks that there are, with what begins them and what they do', () => {
  const rows = playbooks.map((playbook) => {
    const { findings, severity } = playbook.trigger;
    const { alone, asked } = actionsOf(playbook);
    const begins = `${findings.length} finding${findings.length === 1 ? '' : 's'}, from ${severity}`;
    return [`\`${playbook.id}\``, begins, quoted(alone), quoted(asked)];
  });
  const shown = tableIn(guide, 'playbook | begins with | by itself | after a person has said so');
  expect(shown).toEqual(rows);
});

test('the tables have the selectors and the facts that there are', () => {
  expect(tableIn(guide, '`on`, `list` | of a subject | names')).toEqual(
    Object.entries(SELECTORS).map(([name, { of, says }]) => [`\`${name}\``, of.join(', '), says]),
  );
  const rows = Object.entries(FACTS).flatMap(([kind, facts]) =>
    Object.entries(facts).map(([fact, is]) => [fact, kind, is === 'boolean' ? 'true or false' : is.join(', ')]),
  );
  const shown = tableIn(guide, 'fact | of a subject | is').flatMap(([fact = '', kinds = '', is = '']) =>
    kinds.split(', ').map((kind) => [fact.replaceAll('`', ''), kind, is]),
  );
  expect(shown.toSorted()).toEqual(rows.toSorted());
  for (const use of USES) expect(guide).toContain(`\`${use}\``);
});

test('the playbook that the guide shows is a good one', () => {
  const [, text = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(guide) ?? [];
  expect(readPlaybook({ name: 'quiet-account.yml', text })).toMatchObject({ playbook: { id: 'quiet-account' } });
});
