import type { ActionBatchPlanned } from '@castellan/api';
import { batchPlan } from '../src/actions/batch-plan.js';

type Planned = NonNullable<ActionBatchPlanned['planned']>;
type Plan = Planned['plan'];

const item = (name: string, plan: Partial<Plan>, facts: Partial<Planned> = {}): ActionBatchPlanned => ({
  input: { account: name },
  problem: null,
  planned: {
    plan: {
      state: 'open',
      calls: [],
      touches: [{ kind: 'account', key: name, name }],
      consequences: [],
      outcome: `${name} is suspended.`,
      undo: null,
      stale: [],
      fingerprint: name,
      ...plan,
    },
    canRun: { ok: true },
    access: null,
    administrators: null,
    ...facts,
  },
});
const refused = (name: string): ActionBatchPlanned => ({
  input: { account: name },
  planned: null,
  problem: { kind: 'config', message: `${name} is gone.` },
});

const said = (items: readonly ActionBatchPlanned[]) =>
  batchPlan(
    items,
    items.map(({ input }) => String(input['account'])),
  );

test('what is so of each is said once, and of each only what differs', () => {
  const plan = said([
    item('ana', { consequences: ['Nobody gets in.'] }),
    item('bo', { consequences: ['Nobody gets in.', 'bo has two factors.'] }),
    item('cy', { consequences: ['Nobody gets in.'] }, { access: loss(3) }),
  ]);
  expect(plan.ofEach).toEqual(['Each is suspended.', 'Nobody gets in.']);
  expect(plan.lines.map(({ label, sentences }) => [label, sentences])).toEqual([
    ['ana', []],
    ['bo', ['bo has two factors.']],
    ['cy', ['3 applications are not reached any more.']],
  ]);
});

test('outcomes that differ, or name whom they are about in their middle, are said of each', () => {
  const differing = said([item('ana', {}), item('bo', { outcome: 'bo is off.' })]);
  expect(differing.ofEach).toEqual([]);
  expect(differing.lines.map(({ sentences }) => sentences)).toEqual([['ana is suspended.'], ['bo is off.']]);
  expect(said([item('ana', { outcome: 'Off is ana.' }), item('bo', { outcome: 'Off is bo.' })]).ofEach).toEqual([]);
  // Of one alone nothing has to be gathered.
  expect(said([item('ana', {})]).lines[0]?.sentences).toEqual(['ana is suspended.']);
});

test('administrators come first and are marked, then what is left out', () => {
  const gone = 'Its administrator roles are gone.';
  const plan = said([
    item('ana', { consequences: [gone] }),
    refused('bo'),
    item('cy', { state: 'done' }),
    item('di', {}, { canRun: { ok: false, because: 'permission', message: 'A scope is missing.', missing: [] } }),
    item('ed', { consequences: [gone, '2 other Super Administrators who can sign in are left.'] }),
    item('flo', { consequences: [gone] }, { administrators: { roles: [{ key: 'r', name: 'Help desk', left: 1 }], asOf: '' } }),
  ]);
  expect(plan.lines.map(({ label, isAdministrator, leftOut }) => [label, isAdministrator, leftOut])).toEqual([
    ['ed', true, null],
    ['flo', true, null],
    ['bo', false, 'bo is gone.'],
    ['cy', false, 'It is so already: cy is suspended.'],
    ['di', false, 'A scope is missing.'],
    ['ana', false, null],
  ]);
});

function loss(lost: number): Planned['access'] {
  return { accounts: 1, lost, applications: [], complete: true, asOf: '2026-11-28T00:00:00.000Z' };
}
