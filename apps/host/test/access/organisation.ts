import type { TestHost } from '../host-harness.js';

/** When each list had been complete for the first time. The latest counts: before it something may not have been read. */
export const FIRST_COMPLETE = {
  memberships: '2026-03-01T00:00:00Z',
  app_assignments: '2026-03-02T12:00:00Z',
  role_assignments: '2026-03-01T00:00:00Z',
};
/** A millisecond after the latest. */
export const OBSERVED_SINCE = '2026-03-02T12:00:00.001Z';

export const FORMULA = '=HYPERLINK("https://evil.example")';

/** Days before now, in ISO 8601. */
export function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString();
}

const sql = (value: unknown): string =>
  value === null
    ? 'NULL'
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : `'${String(value).replaceAll("'", "''")}'`;

/** A row that is there since an instant, and until another one. */
interface Presence {
  readonly since?: string;
  readonly until?: string;
}

/**
 * An organisation that one can reckon in the head, straight into the tables:
 *
 *   Ana (account `ana`), Bo (`bo`) -> Engineering (group `eng`) -> a group called like a formula (`all`)
 *   Cy (`cy`, suspended) -> `all`, until 2026-06-01; Dee has no name
 *   `eng` -> AWS (application `aws`), `all` -> Ledger (`led:ger`), Dee -> AWS
 *   Ana and the program `prog` -> the role SUPER
 *
 * Ana has used AWS two days ago, Bo on 2026-05-10; of rights of administration nobody has.
 */
export class Organisation {
  constructor(
    private readonly host: TestHost,
    private readonly workspaceId: string,
    readonly id: string,
    private readonly name: string,
  ) {}

  async seed(): Promise<void> {
    await this.host.query(
      `INSERT INTO integrations (id, workspace_id, connector_id, name, config, paused, next_run_at)
       VALUES ('${this.id}', '${this.workspaceId}', 'okta', '${this.name}', '{}', true, now() + interval '1 year')`,
    );
    for (const [stream, at] of Object.entries(FIRST_COMPLETE))
      await this.host.query(
        `INSERT INTO stream_state (integration_id, stream, kind, semantics, status, generation, complete_generation, fresh_at, first_complete_at)
         VALUES ('${this.id}', '${stream}', '${stream.slice(0, -1)}', 'snapshot', 'complete', 1, 1, now(), '${at}')`,
      );
    await this.people();
    await this.account('dee', null, 'active');
    await this.given();
    await this.used();
  }

  private async people(): Promise<void> {
    await this.account('ana', 'Ana Diaz', 'active');
    await this.account('bo', 'Bo Lind', 'active');
    await this.account('cy', 'Cy Ng', 'suspended');
    await this.insert('groups', 'eng', { name: 'Engineering', origin: 'native' });
    await this.insert('groups', 'all', { name: FORMULA, origin: 'native' });
    await this.member('eng', 'ana', { since: '2026-02-20T00:00:00Z' });
    await this.member('eng', 'bo', { since: '2026-05-01T00:00:00Z' });
    await this.member('all', 'cy', { since: '2026-04-01T00:00:00Z', until: '2026-06-01T00:00:00Z' });
    await this.member('all', 'eng', {}, 'group');
  }

  private async given(): Promise<void> {
    await this.application('aws', 'AWS');
    await this.application('led:ger', 'Ledger');
    await this.role('SUPER', 'Super administrator');
    await this.assign('aws', 'group', 'eng');
    await this.assign('led:ger', 'group', 'all');
    await this.assign('aws', 'account', 'dee', { since: '2026-03-15T00:00:00Z' });
    await this.hold('SUPER', 'account', 'ana');
    await this.hold('SUPER', 'client', 'prog');
  }

  private async used(): Promise<void> {
    await this.host.query(`INSERT INTO usage_since VALUES ('${this.id}', '2026-02-01T00:00:00Z', '2026-05-10T08:00:00Z')`);
    await this.use('ana', 'aws', '2026-03-10T08:00:00Z', daysAgo(2), 7);
    await this.use('bo', 'aws', '2026-05-10T08:00:00Z', '2026-05-10T08:00:00Z', 1);
    for (const use of ['application', 'administration'])
      await this.host.query(`INSERT INTO usage_days VALUES ('${this.id}', '${use}', '', '2026-05-10', 1)`);
  }

  account(key: string, displayName: string | null, status: string): Promise<unknown> {
    return this.insert('accounts', key, {
      display_name: displayName,
      login: `${key}@acme.example`,
      status,
      department: key === 'bo' ? 'Sales' : null,
    });
  }

  application(key: string, label: string): Promise<unknown> {
    return this.insert('applications', key, { label, status: 'active', features: '{}' });
  }

  member(group: string, member: string, presence: Presence = {}, kind = 'account'): Promise<unknown> {
    return this.insert('memberships', `${group}|${member}`, { group, member_kind: kind, member }, presence);
  }

  assign(application: string, kind: string, principal: string, presence: Presence = {}): Promise<unknown> {
    const row = { application, principal_kind: kind, principal, scope: kind === 'group' ? 'group' : 'direct' };
    return this.insert('app_assignments', `${application}|${principal}`, row, presence);
  }

  role(key: string, label: string): Promise<unknown> {
    return this.insert('roles', key, { label, built_in: true, permissions: '{}' });
  }

  hold(role: string, kind: string, principal: string): Promise<unknown> {
    return this.insert('role_assignments', `${role}|${principal}`, { role, principal_kind: kind, principal });
  }

  /** Many people `n1`, `n2`, ..., each of whom was given the application. */
  async crowd(count: number, application: string): Promise<void> {
    const common = 'stream, generation, hash, first_seen_at, present_since, last_seen_at, changed_at';
    const then = `1, '', timestamptz '2026-02-01Z', timestamptz '2026-02-01Z', now(), now()`;
    await this.host.query(
      `INSERT INTO accounts (integration_id, key, ${common}, display_name, status)
       SELECT '${this.id}', 'n' || n, 'accounts', ${then}, 'Person ' || lpad(n::text, 5, '0'), 'active' FROM generate_series(1, ${count}) n`,
    );
    await this.host.query(
      `INSERT INTO app_assignments (integration_id, key, ${common}, application, principal_kind, principal, scope)
       SELECT '${this.id}', '${application}|n' || n, 'app_assignments', ${then}, '${application}', 'account', 'n' || n, 'direct' FROM generate_series(1, ${count}) n`,
    );
  }

  use(principal: string, object: string, first: string, last: string, times: number): Promise<unknown> {
    return this.host.query(
      `INSERT INTO usage VALUES ('${this.id}', 'application', '${principal}', '${object}', '${first}', '${last}', ${times},
         ARRAY['${last === 'infinity' ? first.slice(0, 10) : last.slice(0, 10)}'::date], ARRAY[${times}])`,
    );
  }

  private insert(
    table: string,
    key: string,
    own: Readonly<Record<string, unknown>>,
    { since = '2026-02-01T00:00:00Z', until }: Presence = {},
  ): Promise<unknown> {
    const row = {
      integration_id: this.id,
      key,
      stream: table,
      generation: 1,
      hash: '',
      first_seen_at: since,
      present_since: since,
      last_seen_at: until ?? daysAgo(0),
      changed_at: since,
      removed_at: until ?? null,
      ...own,
    };
    const columns = Object.keys(row).map((column) => `"${column}"`);
    return this.host.query(`INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${Object.values(row).map(sql).join(', ')})`);
  }
}

export const [DIRECTORY, SECOND, FOREIGN, UNREAD] = [1, 2, 3, 4].map((n) => `00000000-0000-4000-8000-0000000000b${n}`) as [
  string,
  string,
  string,
  string,
]; // of four

/** The workspace of the operators. */
export async function ownWorkspace(host: TestHost): Promise<string> {
  const [mine] = await host.query(`SELECT workspace_id AS id FROM users WHERE email_key = 'administrator@castellan.test'`);
  return String(mine?.['id']);
}
