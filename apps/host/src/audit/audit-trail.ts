import type { Logger } from '@castellan/connector-sdk';
import type { AuditActor, AuditTarget, NewAuditEntry, Storage, User } from '@castellan/storage';
import type { Caller } from '../callers/caller.js';
import type { Problem } from '../problems/problem.js';
import { RefusalAllowance } from './refusal-allowance.js';

/** What an action notes about itself while it is done. */
export interface AuditNotes {
  /** What it was done to. */
  target?: AuditTarget;
  /** As the API shows it: secrets read `{ isSet }` there, and nothing else may come here. */
  before?: object;
  after?: object;
  /** In whose log it stands; by default in that of the caller's workspace. */
  workspaceId?: string;
}

/** What `record` is told. */
export interface RecordedNotes extends AuditNotes {
  /** What was asked for was so already: there is nothing to write down. */
  isUnchanged?: boolean;
}

/** Somebody who is not signed in, e.g. who tries to. */
export interface Stranger {
  readonly kind: 'anonymous';
  /** What he calls himself; nobody has checked it. */
  readonly name: string;
  readonly address: string;
  /** Where he wants to come in, if that is known. */
  readonly workspaceId: string | null;
}

/** Every change that a caller makes, and its row in the audit log: both or neither. */
export class AuditTrail {
  readonly #storage: Storage;
  readonly #log: Logger;
  readonly #allowance = new RefusalAllowance();
  readonly #noted = new WeakSet<Problem>();

  constructor(storage: Storage, log: Logger) {
    this.#storage = storage;
    this.#log = log;
  }

  /**
   * Does `work` and writes its row in one transaction. Nothing slow may be done inside: no network, no password hash. What
   * was there before must be read inside, under a lock: else two who change at once are each told of what the other changed.
   * @param action `noun.verb`, e.g. `integration.create`
   */
  record<T>(caller: Caller, action: string, work: (notes: RecordedNotes) => Promise<T>): Promise<T> {
    return this.#storage.transaction(async () => {
      const given: RecordedNotes = {};
      const result = await work(given);
      const { isUnchanged = false, ...notes } = given;
      if (!isUnchanged) await this.#storage.audit.append(entryOf(caller, action, 'done', notes));
      return result;
    });
  }

  /** For what makes its own caller, inside a transaction of its own: the first set-up, an invitation that is taken up. */
  async byUser({ id, name, workspaceId }: User, address: string, action: string, notes: AuditNotes): Promise<void> {
    const actor = { kind: 'user', id, name } as const;
    await this.#storage.audit.append({ workspaceId, actor, address, action, outcome: 'done', ...notes });
  }

  /** What became of something that somebody has asked for, long after the answer. */
  async byHost(workspaceId: string, action: string, notes: AuditNotes): Promise<void> {
    const actor = { kind: 'host', id: null, name: 'host' } as const;
    const entry = { workspaceId, actor, address: null, action, outcome: 'done' as const, ...notes };
    await this.#storage.transaction(() => this.#storage.audit.append(entry));
  }

  /** The same of a problem, with what it was about: of every change that is refused there is one row, and this one says more. */
  async refusedBy(problem: Problem, caller: Caller, action: string, { after, ...notes }: AuditNotes): Promise<void> {
    this.#noted.add(problem);
    const { type, detail } = problem.body;
    await this.refused(caller, action, { ...notes, after: { ...after, problem: type, detail } });
  }

  hasNoted(problem: Problem): boolean {
    return this.#noted.has(problem);
  }

  /**
   * Writes down what was tried and refused, whatever becomes of the caller's own transaction. Never throws: that the log
   * cannot be written must not tell a stranger anything, nor turn a refusal into another error. Of one caller a minute's worth.
   */
  async refused(caller: Caller | Stranger, action: string, notes: AuditNotes = {}): Promise<void> {
    const allowed = this.#allowance.take(caller, action);
    if (allowed === 'leave out') return;
    const last = allowed === 'last' && { after: { ...notes.after, further: 'not written for the rest of this minute' } };
    try {
      const entry = entryOf(caller, action, 'refused', { ...notes, ...last });
      await this.#storage.ownTransaction(() => this.#storage.audit.append(entry));
    } catch (error) {
      // Without the names: a stranger chooses his.
      const why = error instanceof Error ? error.message : String(error);
      this.#log.warn('a refusal could not be written to the audit log', { action, error: why });
    }
  }
}

function entryOf(
  caller: Caller | Stranger,
  action: string,
  outcome: NewAuditEntry['outcome'],
  notes: AuditNotes,
): NewAuditEntry {
  const { workspaceId, address } = caller;
  return { workspaceId, actor: actorOf(caller), address, action, outcome, ...notes };
}

function actorOf(caller: Caller | Stranger): AuditActor {
  return { kind: caller.kind, id: caller.kind === 'anonymous' ? null : caller.id, name: caller.name };
}
