import type { TestHost } from '../host-harness.js';

/** An event as a test says it; what is left out is as plain as can be. */
export interface WrittenEvent {
  readonly key: string;
  /** Ms since 1970. */
  readonly at: number;
  readonly type: string;
  readonly actor?: string;
  readonly address?: string;
  readonly result?: 'SUCCESS' | 'FAILURE';
}

const text = (value: unknown): string => `'${String(value).replaceAll("'", "''")}'`;

/** An organisation that is not read from anywhere. */
export async function seedOrganisation(host: TestHost, workspaceId: string, id: string, name: string): Promise<void> {
  await host.query(
    `INSERT INTO integrations (id, workspace_id, connector_id, name, config, paused, next_run_at)
     VALUES ('${id}', '${workspaceId}', 'okta', ${text(name)}, '{}', true, now() + interval '1 year')`,
  );
}

/** As a source would have written it. */
export function rawOf({ key, at, type, actor, address = '192.0.2.1', result = 'SUCCESS' }: WrittenEvent): object {
  return {
    uuid: key,
    published: new Date(at).toISOString(),
    eventType: type,
    ...(actor !== undefined && { actor: { id: actor, type: 'User', alternateId: `${actor}@acme.example` } }),
    client: { ipAddress: address },
    outcome: { result },
    target: [],
  };
}

/** Straight into the tables, where a run of the activity would put them. @param isNew whether rules are to see them */
export async function writeEvents(
  host: TestHost,
  integrationId: string,
  events: readonly WrittenEvent[],
  isNew = true,
): Promise<void> {
  const rows = JSON.stringify(events.map((event) => ({ key: event.key, type: event.type, raw: rawOf(event) })));
  const written = `INSERT INTO activity (integration_id, key, stream, generation, hash, raw, first_seen_at, present_since, last_seen_at,
      changed_at, published, type, targets)
    SELECT '${integrationId}', key, 'activity', 1, '', raw, now(), now(), now(), now(), (raw ->> 'published')::timestamptz, type, '[]'
    FROM jsonb_to_recordset(${text(rows)}::jsonb) AS r (key text, type text, raw jsonb) RETURNING key, published`;
  const inbox = `INSERT INTO detection_inbox (integration_id, keys, published)
    SELECT '${integrationId}', array_agg(key), array_agg(published) FROM written`;
  await host.query(isNew ? `WITH written AS (${written}) ${inbox}` : written);
}
