import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RecordKind } from '@castellan/connector-sdk';
import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import { Drift } from '../src/map/drift.js';
import { mapThreatInsight } from '../src/map/org-setting.js';
import { wantedScopes } from '../src/config/scopes.js';
import { RecordingLogger } from './support/recording-logger.js';
import { TinyHost } from './support/tiny-host.js';

const FOLDER = fileURLToPath(new URL('../../../../shared/okta-recorded', import.meta.url));

/** The objects of a file by their id; of two recordings of one object the newer. */
function recorded(file: string): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const lines = readFileSync(`${FOLDER}/${file}.jsonl`, 'utf8').split('\n');
  const objects = lines
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { object: Record<string, unknown> }).object);
  const sorted = objects.toSorted((a, b) => String(a['lastUpdated']).localeCompare(String(b['lastUpdated'])));
  return new Map(sorted.map((object) => [String(object['id']), object]));
}

const FILES: readonly (readonly [file: string, kind: RecordKind, streams: readonly string[]])[] = [
  ['policies', 'policy', ['policies']],
  ['policy-rules', 'policy_rule', ['policies', 'policy-rules']],
  ['zones', 'network_zone', ['network-zones']],
  ['authenticators', 'sign_in_method', ['sign-in-methods']],
  ['api-tokens', 'api_token', ['api-tokens']],
];

// The folder is no part of the project; without it there is nothing to compare.
(existsSync(FOLDER) ? describe : describe.skip)('how real organisations are set up', () => {
  let simulator: Simulator;
  let host: TinyHost;
  beforeAll(async () => {
    simulator = await startSimulator({ objects: FOLDER, grantedScopes: wantedScopes({ posture: true }) });
    host = await TinyHost.create({ ...simulator.config, posture: true });
    await host.run([...new Set(FILES.flatMap(([, , streams]) => streams)), 'threat-insight']);
  });
  afterAll(() => simulator.close());

  it('is read without a stop, and no field is not understood', () => {
    expect(host.stopped).toEqual([]);
    expect(host.rejected).toEqual([]);
    expect(host.logger.notUnderstood()).toEqual([]);
  });

  it.each(FILES)('%s: every object is there, whole, with its dates and its status', (file, kind) => {
    const objects = recorded(file);
    const placeholders = new Set(
      simulator.objects?.placeholders.filter((made) => made.file === `${file}.jsonl`).map(({ id }) => id),
    );
    expect(host.keys(kind).filter((key) => !placeholders.has(key))).toEqual([...objects.keys()].toSorted());
    for (const [id, object] of objects) {
      const row = host.rows.get(kind)?.get(id);
      const data = new Map<string, unknown>(Object.entries(row?.data ?? {}));
      expect([id, data.get('createdAt'), data.get('updatedAt'), data.get('name')]).toEqual([
        id,
        object['created'],
        object['lastUpdated'],
        object['name'],
      ]);
      if (data.has('providerStatus')) expect([id, data.get('providerStatus')]).toEqual([id, object['status']]);
      expect(JSON.stringify(row?.raw)).not.toContain('[redacted]');
      expect(row?.raw).toEqual(simulator.org.list(listOf(file, object, id)).get(id));
    }
  });

  /** Where the simulator keeps it: rules lie below their policy. */
  function listOf(file: string, object: Readonly<Record<string, unknown>>, id: string): string {
    if (file !== 'policy-rules') return file;
    const row = host.rows.get('policy_rule')?.get(id);
    return `policy-rules/${row?.partition ?? JSON.stringify(object)}`;
  }

  it('says of sign-on rules what becomes of the sign-in', () => {
    const effects = host.all('policy_rule').map(({ data }) => `${data.type} ${data.effect} ${data.mfaRequired}`);
    for (const expected of [
      'ACCESS_POLICY allow true',
      'ACCESS_POLICY deny true',
      'SIGN_ON allow false',
      'IDP_DISCOVERY null null',
    ])
      expect(effects).toContain(expected);
    expect(effects.some((effect) => effect.includes('unknown'))).toBe(false);
  });

  it('is understood for ThreatInsight, too, whose dates one organisation writes without a zone', () => {
    const logger = new RecordingLogger();
    const lines = readFileSync(`${FOLDER}/threat-insight.jsonl`, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const rows = lines.map((line) => mapThreatInsight((JSON.parse(line) as { object: unknown }).object, new Drift(logger)));
    expect(rows.map((row) => [row?.data.value?.['action'], row?.data.createdAt?.slice(0, 10)])).toEqual([
      ['audit', '2021-06-14'],
      ['block', '2025-10-07'],
    ]);
    expect(logger.notUnderstood()).toEqual([]);
  });
});
