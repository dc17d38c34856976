import { LOCKS } from '../database/lock-numbers.js';
import type { AuditLog } from '../audit/audit-log.js';
import { whileLocked } from '../database/advisory-lock.js';
import type { Database } from '../database/database.js';
import { checkKeys } from './key-check.js';
import type { KeyProvider, KeyStep } from './key-provider.js';
import type { KeyRing } from './key-ring.js';
import type { MasterKey } from './master-key.js';
import { rewrap, type StuckKey } from './rewrap.js';
import { stateOf } from './sealing-key.js';
import { SecretsError } from './secrets-error.js';
import { countWrapped } from './wrapped-keys.js';

/** A host that goes on sealing with the old key makes another pass necessary; one that never stops must not keep us here. */
const PASSES = 50;

export interface RotationProgress {
  readonly step: KeyStep | 'new key registered' | 'rewrapped' | 'old key retired';
  /** Keys that were wrapped again. */
  readonly done: number;
  readonly total: number;
}

export interface RotationOptions {
  readonly onProgress?: (progress: RotationProgress) => void;
  /** Stops between two rows; what is done stays done. */
  readonly signal?: AbortSignal;
}

export interface RotationResult {
  /** Ids, not keys. `from` is `null` where there was nothing left to do. */
  readonly from: string | null;
  readonly to: string;
  readonly rewrapped: number;
  /** What a person should do next. */
  readonly advice: string;
}

/**
 * Wraps every data key with the new master key and retires the old one. Contents are not touched. It may be killed at any
 * moment: each row names the key that opens it, both keys are kept until the last row is through, and the next call goes on.
 */
export class KeyRotation {
  private done = 0;
  private total = 0;

  constructor(
    private readonly database: Database,
    private readonly url: string,
    private readonly provider: KeyProvider,
    private readonly audit: AuditLog,
    private readonly options: RotationOptions,
  ) {}

  /** @throws SecretsError that says the way out. */
  run(): Promise<RotationResult> {
    const busy = new SecretsError('rotation_busy', 'Another rotation of the keys is under way. Wait for its end.');
    return whileLocked(this.url, LOCKS.rotation, () => this.rotate(), { orElse: busy });
  }

  private async rotate(): Promise<RotationResult> {
    // Read again: the rotation before this one may have ended since this process began.
    let ring = await this.provider.keyRing();
    await checkKeys(this.database, ring);
    const before = previousOf(ring);
    const state = before === undefined ? 'unknown' : await stateOf(this.database, before);
    if (before !== undefined && state === 'retired') {
      // The rotation before this one was killed after its last transaction.
      const advice = await this.provider.putAway(before, (step) => this.say(step));
      return { from: null, to: ring.primary.id, rewrapped: 0, advice };
    }
    if (state === 'unknown') {
      ring = await this.provider.renew((step) => this.say(step));
      await checkKeys(this.database, ring);
    }
    this.say('new key registered');
    const old = previousOf(ring);
    if (old === undefined) throw new Error('a new key came without the one before it');
    await this.rewrapAll(old, ring.primary);
    this.say('old key retired');
    const advice = await this.provider.putAway(old, (step) => this.say(step));
    return { from: old.id, to: ring.primary.id, rewrapped: this.done, advice };
  }

  private async rewrapAll(from: MasterKey, to: MasterKey): Promise<void> {
    this.total = await countWrapped(this.database, from.id);
    for (let pass = 1; pass <= PASSES; pass += 1) {
      const stuck = await rewrap(this.database, { from, to, signal: this.options.signal }, (count) => {
        this.done += count;
        this.total = Math.max(this.total, this.done);
        this.say('rewrapped');
      });
      if (stuck.length > 0) throw cannotRewrap(stuck);
      if (await this.retire(from, to)) return;
    }
    const text = 'A host goes on sealing with the old key. Restart all hosts with the new key, then run this again.';
    throw new SecretsError('rotation_stuck', text);
  }

  /** `false`: something was sealed with it since the last pass. */
  private retire(old: MasterKey, successor: MasterKey): Promise<boolean> {
    return this.database.transaction(async (queries) => {
      // Waits for those that are sealing at this moment; see holdSealingKey.
      await queries.query('SELECT FROM key_check WHERE key_id = $1 FOR UPDATE', [old.id]);
      if ((await countWrapped(queries, old.id)) > 0) return false;
      await queries.query('UPDATE key_check SET retired_at = now() WHERE key_id = $1', [old.id]);
      await this.audit.append({
        workspaceId: null,
        actor: { kind: 'host', id: null, name: 'castellan keys rotate' },
        address: null,
        action: 'key.rotate',
        outcome: 'done',
        before: { key: old.id },
        after: { key: successor.id },
      });
      return true;
    });
  }

  private say(step: RotationProgress['step']): void {
    this.options.onProgress?.({ step, done: this.done, total: this.total });
  }
}

/** A killed rotation may have left one key in both places. */
function previousOf({ primary, previous }: KeyRing): MasterKey | undefined {
  return previous?.id === primary.id ? undefined : previous;
}

function cannotRewrap(stuck: readonly StuckKey[]): SecretsError {
  const shown = stuck.slice(0, 5).map(({ table, identity }) => `${table} (${Object.values(identity).join(', ')})`);
  const more = stuck.length > shown.length ? ` and ${stuck.length - shown.length} more` : '';
  const text = `These cannot be opened with the old key, so it was not retired: ${shown.join('; ')}${more}. Enter those secrets again or delete their integrations, then run this again.`;
  return new SecretsError('rotation_stuck', text);
}
