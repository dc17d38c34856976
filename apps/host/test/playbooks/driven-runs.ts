import { randomUUID } from 'node:crypto';
import { type ConfigClass, TextField } from '@castellan/form-schema';
import { type Playbook, readPlaybook } from '@castellan/playbooks';
import type { PlaybookRun, Storage, StoredAnswer } from '@castellan/storage';
import pg from 'pg';
import type { ActionAsking } from '../../src/actions/action-asking.js';
import type { ActionTicks } from '../../src/actions/action-ticks.js';
import { AuditTrail } from '../../src/audit/audit-trail.js';
import type { ConnectorDesk } from '../../src/connectors/connector-desk.js';
import { ActionSteps } from '../../src/playbooks/action-steps.js';
import { PlaybookWork } from '../../src/playbooks/playbook-work.js';
import { RunEnds } from '../../src/playbooks/run-ends.js';
import { seedFinding } from '../findings/seeded-findings.js';
import { ownDatabase } from '../host-harness.js';
import { loadStorage } from '../loaded-once.js';

const { DEFAULT_WORKSPACE_ID, keyFromText, openStorage } = await loadStorage();
const LOG = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const BEN = { kind: 'user', id: '00000000-0000-4000-8000-00000000000b', name: 'Ben' } as const;

/** What a played provider says to a plan; throws what a real one would. */
type Plans = (action: string, input: object, lost: Ending | undefined) => Promise<void> | void;

class AccountInput {
  @TextField({ label: 'Account' })
  readonly account!: string;
}
class FactorInput {
  @TextField({ label: 'Factor' })
  readonly authenticator!: string;
}

const offered = (name: string, effect: 'write' | 'destructive', subject: string, input: ConfigClass) => ({
  name,
  title: name,
  effect,
  subject,
  byHand: ['Look at the provider.'],
  input,
});

/** What a host aborts when it ends. */
type Ending = Parameters<PlaybookWork['execute']>[1];

/** Runs that are driven without a host, by a provider that is played: the rows are real. */
export class DrivenRuns {
  plan: Plans = () => undefined;
  connectorIsMissing = false;
  planned = 0;

  private constructor(
    readonly storage: Storage,
    readonly client: pg.Client,
    readonly integrationId: string,
  ) {}

  static async start(): Promise<DrivenRuns> {
    const url = await ownDatabase();
    const storage = await openStorage({ url, dataDir: '', key: keyFromText('5a'.repeat(32)), logger: LOG });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const made = { connectorId: 'acme', name: 'Acme', config: {}, secrets: {} };
    return new DrivenRuns(storage, client, (await storage.integrations.create(DEFAULT_WORKSPACE_ID, made)).id);
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.storage.close();
  }

  async query(sql: string): Promise<readonly Record<string, unknown>[]> {
    return (await this.client.query(sql)).rows;
  }

  /** @param steps as they stand in a file, with the ends behind them */
  async begin(
    steps: string,
    { key = randomUUID(), rule = 'some-check' }: { key?: string; rule?: string } = {},
  ): Promise<PlaybookRun> {
    const text = `id: some\nversion: 1\ntitle: Some\nsummary: It acts.\ntrigger: { findings: [some-check], severity: low, subject: account, most-a-day: 9 }\ndeadline: 30d\nsteps:\n${steps}`;
    const read = readPlaybook({ name: 'some.yml', text });
    if (!('playbook' in read)) throw new Error(JSON.stringify(read.problem));
    const place = { workspaceId: DEFAULT_WORKSPACE_ID, integrationId: this.integrationId };
    const openedAt = new Date().toISOString();
    const findingId = await seedFinding(this, place, { rule, kind: 'account', key, severity: 4, openedAt });
    return this.beginOf(read.playbook, findingId, key);
  }

  /** So many factors of an account. */
  async factors(account: string, count: number): Promise<void> {
    await this.query(
      `INSERT INTO authenticators (integration_id, key, stream, generation, hash, first_seen_at, present_since, last_seen_at, changed_at, account, status)
       SELECT '${this.integrationId}', '${account}|' || n, 'factors', 1, '', now(), now(), now(), now(), '${account}', 'active' FROM generate_series(1, ${count}) n`,
    );
  }

  async beginOf(definition: Playbook, findingId: string, key: string): Promise<PlaybookRun> {
    const run = await this.storage.playbookRuns.begin(
      DEFAULT_WORKSPACE_ID,
      {
        integrationId: this.integrationId,
        opening: randomUUID(),
        findingId,
        incidentId: null,
        subject: { kind: 'account', key, name: key },
        playbook: `some-${randomUUID()}`,
        version: 1,
        definition,
        firstStep: definition.steps[0]?.id ?? '',
        deadlineMs: definition.deadline.ms,
        startedBy: { kind: 'playbook', id: null, name: 'Playbook Some' },
      },
      null,
    );
    if (run === undefined) throw new Error('it has not begun');
    return run;
  }

  /** One look at the run, as if by a host of its own. */
  async drive({ id }: Pick<PlaybookRun, 'id'>, ending: Ending = new AbortController().signal): Promise<PlaybookRun> {
    await this.query(
      `UPDATE playbook_runs SET due_at = CASE WHEN id = '${id}' THEN now() ELSE now() + interval '1 hour' END WHERE due_at IS NOT NULL`,
    );
    const taken = await this.storage.playbookLeases.take(this.integrationId);
    if (taken?.id !== id) throw new Error('it was not taken');
    const trail = new AuditTrail(this.storage, LOG);
    const ends = new RunEnds(this.storage, trail);
    // Of the rest of it nothing is asked here.
    const actions = new ActionSteps(this.storage, this.#asking(), { begin: () => undefined } as unknown as ActionTicks, trail);
    await new PlaybookWork(this.storage, this.#desk(), actions, ends, LOG).execute(taken, ending);
    return this.find({ id });
  }

  async find({ id }: Pick<PlaybookRun, 'id'>): Promise<PlaybookRun> {
    const found = await this.storage.playbookRuns.find(DEFAULT_WORKSPACE_ID, id);
    if (found === undefined) throw new Error('it is gone');
    return found;
  }

  async answer({ id }: PlaybookRun, step: string, is: StoredAnswer['is'], item?: string): Promise<boolean> {
    const key = item === undefined ? step : `${step} ${item}`;
    const answer = { is, by: BEN, at: new Date().toISOString(), note: null };
    return (await this.storage.playbookRuns.answer(DEFAULT_WORKSPACE_ID, id, { key, step, item }, answer)) !== undefined;
  }

  /** What becomes of the requests of a run that nobody has decided. */
  async decide(run: PlaybookRun, state: 'approved' | 'rejected' | 'withdrawn', most = 1_000): Promise<void> {
    for (const { requestId } of run.log
      .flatMap(({ items }) => items)
      .filter(({ state: is }) => is === 'requested')
      .slice(0, most))
      await this.storage.actions.decide(DEFAULT_WORKSPACE_ID, requestId ?? '', state, BEN);
  }

  /** As if they had been done, and seen. */
  async verifyAll(): Promise<void> {
    await this.query(
      `UPDATE action_requests SET state = 'verified', due_at = NULL, ended_at = now() WHERE state IN ('approved', 'running')`,
    );
  }

  /** By a person. */
  async stop({ id }: PlaybookRun): Promise<void> {
    await this.storage.transaction(async () => {
      const stopped = await this.storage.playbookRuns.stop(DEFAULT_WORKSPACE_ID, id, BEN, 'A drill.');
      if (stopped !== undefined) await new RunEnds(this.storage, new AuditTrail(this.storage, LOG)).withdrawOpen(stopped);
    });
  }

  /** The last comment at the finding. */
  async comment({ findingId }: PlaybookRun): Promise<string> {
    const [row] = await this.query(
      `SELECT detail ->> 'text' AS text FROM finding_events WHERE finding_id = '${findingId}' AND kind = 'comment' ORDER BY id DESC LIMIT 1`,
    );
    return String(row?.['text']);
  }

  #desk(): ConnectorDesk {
    const actions = [
      offered('clear-sessions', 'write', 'account', AccountInput),
      offered('reset-factors', 'destructive', 'account', AccountInput),
      offered('remove-factor', 'destructive', 'authenticator', FactorInput),
    ];
    const connectorOf = () => {
      if (this.connectorIsMissing) throw new Error('It is not installed on this host.');
      return { actions, actionsOf: () => actions };
    };
    // Of the rest of it nothing is asked here.
    return { connectorOf } as unknown as ConnectorDesk;
  }

  #asking(): ActionAsking {
    const plan = async (_: object, { action, input }: { action: string; input: object }, lost?: Ending) => {
      this.planned += 1;
      await this.plan(action, input, lost);
      const touches = [{ kind: 'account', key: JSON.stringify(input), name: 'somebody' }];
      const is = { state: 'open', calls: [], touches, consequences: [], outcome: 'It is so.', stale: [], undo: null };
      return { plan: { ...is, fingerprint: randomUUID() }, canRun: { ok: true } };
    };
    // Of the rest of it nothing is asked here.
    return { plan } as unknown as ActionAsking;
  }
}
