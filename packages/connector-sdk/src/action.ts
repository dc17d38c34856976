import type { ConfigClass } from '@castellan/form-schema';
import type { Logger } from './logger.js';
import type { RecordKind } from './records.js';
import type { Stale } from './refresh.js';

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
  /** `read` changes nothing; `write` can be taken back by another action; `destructive` cannot, or ends somebody's access. */
  readonly effect: 'read' | 'write' | 'destructive';
  /** Provider scopes that it needs beside those of the streams. */
  readonly requires: readonly string[];
  /** What it must be told: the same decorators as a configuration, so validation and form come with it. */
  readonly input: ConfigClass;
}

/** What one run of an action is handed. */
export interface ActionArgs<Client, Input extends object> {
  readonly client: Client;
  /** Validated and frozen. */
  readonly input: Readonly<Input>;
  /** The same for every try of one wish: for providers that take such a key. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** How an action ended that did not fail. */
export interface ActionOutcome {
  /** `false`: it was so already. That is success too: whoever asks twice has nothing to mend. */
  readonly changed: boolean;
  /** What is so now, one sentence for the audit log. Never a secret. */
  readonly message: string;
  /** Parts of streams whose rows may be different now: read again right after, they show what was done. */
  readonly stale: readonly Stale[];
}

/** What an author writes. */
export interface Action<Client, Input extends object> extends ActionInfo {
  readonly input: ConfigClass<Input>;
  /**
   * Does it, or finds it done. Looks before it writes where the provider does not say whether a write has changed something.
   * @throws ConfigError (field of the input) when there is no such subject, or when it cannot be done to this one.
   */
  run(args: ActionArgs<Client, Input>): Promise<ActionOutcome>;
}

/** An action whose input is its own business: what `defineConnector` takes. */
export interface AnyAction<Client> extends ActionInfo {
  /** `input` is what the action's class has validated. */
  run(args: ActionArgs<Client, object>): Promise<ActionOutcome>;
}

/** `const action = defineAction<AcmeClient>()`, then `action({ name, input, run, ... })`; two calls as in `defineStream`. */
export function defineAction<Client>() {
  return <Input extends object>(action: Action<Client, Input>): AnyAction<Client> => ({
    ...action,
    // Whoever runs it has validated the input with this very class: see `runAction`.
    run: (args) => action.run({ ...args, input: args.input as Readonly<Input> }),
  });
}
