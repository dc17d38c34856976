import { edgeKey, type SourceRecord, TransientError } from '@castellan/connector-sdk';
import { mapAccount } from '../src/map/account.js';
import { Drift } from '../src/map/drift.js';
import { mapGroup } from '../src/map/group.js';
import { mapRoleRow } from '../src/map/role.js';
import { know, refreshOnce } from './support/one-refresh.js';
import { RecordingLogger } from './support/recording-logger.js';
import { type Answer, scripted } from './support/scripted-okta.js';
import type { TinyHost } from './support/tiny-host.js';

const drift = new Drift(new RecordingLogger());
const sure = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error('not mapped');
  return value;
};
const holds = (kind: 'account' | 'group', key: string): SourceRecord =>
  sure(
    mapRoleRow({ id: `ra-${key}`, type: 'CUSTOM', role: 'cr1', 'resource-set': 'rs1' }, drift)?.record(
      { kind, key },
      { kind: 'resource_set', key: 'rs1' },
    ),
  );

async function hostWith(
  answer: (path: string) => Answer,
): Promise<{ readonly host: TinyHost; readonly asked: readonly string[] }> {
  const { host, asked } = await scripted(answer);
  know(
    host,
    sure(mapAccount({ id: 'u1', status: 'ACTIVE' }, drift)),
    sure(mapAccount({ id: 'u2', status: 'ACTIVE' }, drift)),
    sure(mapGroup({ id: 'g1', type: 'OKTA_GROUP' }, drift)),
    holds('account', 'u1'),
    holds('account', 'u2'),
    holds('group', 'g1'),
  );
  return { host, asked };
}

describe('who holds a role that has changed', () => {
  const scopes = [
    { field: 'role', value: 'cr1' },
    { field: 'target', value: 'rs1' },
  ];

  it('waits as a part of its own, and the role is through without a call', async () => {
    const { host, asked } = await hostWith(() => ({ body: [] }));
    for (const [stream, holders] of [
      ['user-role-assignments', ['u1', 'u2']],
      ['group-role-assignments', ['g1']],
      ['client-role-assignments', []],
    ] as const) {
      for (const scope of scopes) {
        const { settled, stale, complete, records } = await refreshOnce(host, stream, [scope]);
        expect([settled, complete, records]).toEqual([[scope], [], []]);
        expect(stale.map((one) => [one.stream, one.scope])).toEqual(
          holders.map((value) => [stream, { field: 'principal', value }]),
        );
      }
    }
    expect(asked).toEqual([]);
  });

  it('is still somebody to be asked when Okta could not be asked just then', async () => {
    const { host } = await hostWith((path) => {
      if (path.includes('/u1/')) throw new TransientError({ message: 'Okta is in trouble' });
      return { body: [] };
    });
    const asked = [{ field: 'principal', value: 'u1' }, { field: 'key', value: edgeKey('cr1', 'u1', 'rs1') }, ...scopes];
    const { settled, unread, stale } = await refreshOnce(host, 'user-role-assignments', asked);
    expect(settled).toEqual(scopes);
    expect(unread).toMatchObject([
      { scope: { field: 'principal', value: 'u1' }, retry: true },
      { scope: { field: 'key' }, retry: true },
    ]);
    // Who is read here in any case keeps its own place, and is not named a second time.
    expect(new Set(stale.map(({ scope }) => scope?.value))).toEqual(new Set(['u2']));
  });

  it('is read by that part, which tells what is left', async () => {
    const { host } = await hostWith(() => ({ body: [] }));
    const scope = { field: 'principal', value: 'u1' };
    const { complete, records } = await refreshOnce(host, 'user-role-assignments', [scope]);
    expect([complete, records]).toEqual([[scope], []]);
  });
});
