import type { ConfigClass } from '@castellan/form-schema';
import type { HttpMethod } from './http.js';
import type { Json, JsonObject } from './json.js';
import type { Logger } from './logger.js';
import type { RecordKind } from './records.js';
import type { Stale } from './refresh.js';
import type { Instant } from './vocabulary.js';

/**
 * When one reaches for an action. `contain`: an attack goes on, every minute counts. `fix`: what was found is put right. `prevent`: it
 * shall not happen again. `restore`: somebody gets back what was taken.
 */
export const ACTION_PURPOSES = ['contain', 'fix', 'prevent', 'restore'] as const;
/** One of {@link ACTION_PURPOSES}. */
export type ActionPurpose = (typeof ACTION_PURPOSES)[number];

/** Something that a connector can do at the provider, as the host and a form see it. */
export interface ActionInfo {
  /** `deactivate-account`: kebab-case, stable for ever. */
  readonly name: string;
  /** For a button, e.g. `Deactivate account`. */
  readonly title: string;
  /** What becomes of whom it is done to, in one sentence. */
  readonly summary: string;
  /** The kind of record that it is done to. */
  readonly subject: RecordKind;
  /**
   * `read` changes nothing. `destructive`: it cannot be taken back, or not wholly, or it ends the access of others than its subject, or it
   * gives power: a host asks a second person. All else is `write`.
   */
  readonly effect: 'read' | 'write' | 'destructive';
  readonly purpose: ActionPurpose;
  /** The action that takes it back; `null` where the provider has none. */
  readonly undo: string | null;
  /** Provider scopes that it needs beside those of the streams. */
  readonly requires: readonly string[];
  /**
   * The way by hand: what a person does instead in the provider's own console, a sentence a step, with the path there
   * (`Directory > People > the person > More Actions > Suspend.`). At least one: it always works, whatever was granted.
   */
  readonly byHand: readonly string[];
  /**
   * What it must be told: the same decorators as a configuration, so validation and form come with it. A field that has the name of
   * the subject's kind in camel case (`account`, `identityProvider`) takes the key of its record; another one the field of that
   * record which has its name (`group`, `member`), where there is one: so a host fills them in.
   */
  readonly input: ConfigClass;
}

/** A request that an action sends. */
export interface ActionCall {
  readonly method: Exclude<HttpMethod, 'GET'>;
  /** Below the provider's address, with what it is asked with, e.g. `/api/v1/users/00u1/lifecycle/suspend`. */
  readonly path: string;
  /** Never with a secret: people read it. */
  readonly body?: JsonObject;
}

/** A record that an action changes, or takes something from. */
export interface ActionTouch {
  readonly kind: RecordKind;
  readonly key: string;
  /** As people call it. */
  readonly name: string;
}

/** Another action, and what it is told. */
export interface ActionStep {
  readonly action: string;
  readonly input: JsonObject;
}

/** What an action would do now. */
export interface ActionPlan {
  /**
   * `open`: it is not so yet. `done`: it is so already. `unseen`: the provider does not show whether (of sessions): to do it again
   * does no harm.
   */
  readonly state: 'open' | 'done' | 'unseen';
  /** All that is sent when it is run, in this order. */
  readonly calls: readonly ActionCall[];
  /** The subject first. */
  readonly touches: readonly ActionTouch[];
  /** What else comes of it, a sentence each: access that is lost, what comes back by itself, what is not ended by it. */
  readonly consequences: readonly string[];
  /** What is so when it is done, one sentence for the audit log. Never a secret. */
  readonly outcome: string;
  /** Parts of streams whose rows may be different then: read again right after, they show what was done. */
  readonly stale: readonly Stale[];
  /** What takes it back, with what is known now; `null` where nothing does. */
  readonly undo: ActionStep | null;
  /**
   * Why this connection cannot do it, though it can look: what would be done is shown, and `act` refuses. Left out: nothing is known to be
   * missing.
   */
  readonly lacks?: ActionLack;
}

/** What a connection has not been given. */
export interface ActionLack {
  /** For people: what is missing, and where it is given. */
  readonly message: string;
  /** Permissions, by the provider's names. */
  readonly missing: readonly string[];
}

/** A plan, and by what it is told from one that is made of something else. */
export interface ComparablePlan extends ActionPlan {
  /** Equal as long as the same would be done to the same. */
  readonly fingerprint: string;
}

/** What `Action.plan` is handed. */
export interface PlanArgs<Client, Input extends object> {
  readonly client: Client;
  /** Validated and frozen. */
  readonly input: Readonly<Input>;
  /** When it was run, by the provider's clock as far as known: what leaves no trace but in a log is looked for from there on. */
  readonly since: Instant | undefined;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** What one run of an action is handed. */
export interface ActionArgs<Client, Input extends object> extends Omit<PlanArgs<Client, Input>, 'since'> {
  /** Made right before: its calls are those to be sent. */
  readonly plan: ActionPlan;
  /** The same for every try of one wish: for providers that take such a key. */
  readonly idempotencyKey: string;
}

/** It is so. */
export interface ActionDone {
  readonly outdated?: never;
  /** `false`: it was so already. That is success too: whoever asks twice has nothing to mend. */
  readonly changed: boolean;
  /** What is so now, one sentence for the audit log. Never a secret. */
  readonly message: string;
  /** As in {@link ActionPlan}. */
  readonly stale: readonly Stale[];
}

/** Nothing was done: something is not as it was when somebody agreed. */
export interface ActionOutdated {
  /** What would be done now. */
  readonly outdated: ComparablePlan;
}

/** How an action ended that did not fail. */
export type ActionOutcome = ActionDone | ActionOutdated;

/** What a look finds: a plan, and by what an agreement to it is told. */
export interface SeenPlan extends ActionPlan {
  /** What, beside the calls, has to be as it was for an agreement to hold, e.g. the status of the account. */
  readonly seen?: Json;
  /**
   * What is agreed to in place of the calls, where they are only what is left of it: one run may have been stopped in the middle, and
   * the next goes on by the same agreement.
   */
  readonly aim?: Json;
}

/** What an author writes. */
export interface Action<Client, Input extends object> extends ActionInfo {
  readonly input: ConfigClass<Input>;
  /**
   * Looks, and writes nothing: by id, since lists may lag behind.
   * @throws ConfigError (field of the input) when there is no such subject, or when it cannot be done to this one.
   */
  plan(args: PlanArgs<Client, Input>): Promise<SeenPlan>;
  /** Does what was planned. Not called where that is done already. @returns what is so now, where the plan did not know it */
  run(args: ActionArgs<Client, Input>): Promise<string | undefined>;
}

/** An action whose input is its own business: what `defineConnector` takes. */
export interface AnyAction<Client> extends ActionInfo {
  /** `input` is what the action's class has validated. */
  plan(args: PlanArgs<Client, object>): Promise<SeenPlan>;
  /** The same. */
  run(args: ActionArgs<Client, object>): Promise<string | undefined>;
}

/** `const action = defineAction<AcmeClient>()`, then `action({ name, input, plan, run, ... })`; two calls as in `defineStream`. */
export function defineAction<Client>() {
  return <Input extends object>(action: Action<Client, Input>): AnyAction<Client> => ({
    ...action,
    // Whoever asks has validated the input with this very class: see `planAction`.
    plan: (args) => action.plan({ ...args, input: args.input as Readonly<Input> }),
    run: (args) => action.run({ ...args, input: args.input as Readonly<Input> }),
  });
}
