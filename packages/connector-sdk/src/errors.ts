/** Who has to act, and what the host does next: one row each in {@link ERROR_POLICY}. */
export type ConnectorErrorKind =
  | 'config'
  | 'auth'
  | 'permission'
  | 'rate_limit'
  | 'transient'
  | 'upstream'
  | 'aborted'
  | 'internal';

/** What every error is made with. */
export interface ConnectorErrorInit {
  /** Shown to the customer: says what happened and the way out. Never a secret, a query string or a stack. */
  readonly message: string;
  /** For the operator's log only. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/** How an error is written into runs, reports and messages. `detail` and `cause` stay out of it. */
export interface ErrorView {
  readonly kind: ConnectorErrorKind;
  readonly message: string;
  /** `config`: the field to mend. */
  readonly field?: string;
  /** `permission`: the scopes, roles or licences that are missing. */
  readonly missing?: readonly string[];
  /** `rate_limit`: ISO time from which it is worth trying again. */
  readonly retryAt?: string;
}

const BRAND = Symbol.for('castellan.ConnectorError');

/** Base of everything a connector throws on purpose. Anything else is wrapped as `internal` by the framework. */
export abstract class ConnectorError extends Error {
  abstract readonly kind: ConnectorErrorKind;
  readonly detail: string | undefined;
  readonly [BRAND] = true;

  constructor(init: ConnectorErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = new.target.name;
    this.detail = init.detail;
  }

  /** By brand, not `instanceof`: two installed copies of the SDK have two classes but one brand. */
  static is(error: unknown): error is AnyConnectorError {
    return typeof error === 'object' && error !== null && BRAND in error;
  }

  /** The error itself when it is one of ours, else an `internal` error that keeps it as cause. */
  static from(error: unknown): AnyConnectorError {
    if (ConnectorError.is(error)) return error;
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return new InternalError({
      message: 'Something went wrong inside Castellan. The log has the details.',
      detail,
      cause: error,
    });
  }

  view(): ErrorView {
    return { kind: this.kind, message: this.message };
  }
}

/** `''` is how a form calls the settings as a whole: the name of none, and nothing that a sentence could hold. */
function fieldIn({ field }: { readonly field?: string }): string | undefined {
  return field === '' ? undefined : field;
}

/** A setting is wrong: the customer mends `field` in the form. Left out where the settings are wrong as a whole, or nobody knows which. */
export class ConfigError extends ConnectorError {
  readonly kind = 'config';
  readonly field: string | undefined;
  constructor(init: ConnectorErrorInit & { readonly field?: string }) {
    super(init);
    this.field = fieldIn(init);
  }
  override view(): ErrorView {
    return { ...super.view(), ...(this.field !== undefined && { field: this.field }) };
  }
}

/** The credential is refused: the customer reconnects. `field` names the setting to look at, where one is to blame. */
export class AuthError extends ConnectorError {
  readonly kind = 'auth';
  readonly field: string | undefined;
  constructor(init: ConnectorErrorInit & { readonly field?: string }) {
    super(init);
    this.field = fieldIn(init);
  }
  override view(): ErrorView {
    return { ...super.view(), ...(this.field !== undefined && { field: this.field }) };
  }
}

/** The credential is good but may not read this: `missing` names the scope, role or licence. */
export class PermissionError extends ConnectorError {
  readonly kind = 'permission';
  readonly missing: readonly string[];
  constructor(init: ConnectorErrorInit & { readonly missing: readonly string[] }) {
    super(init);
    this.missing = init.missing;
  }
  override view(): ErrorView {
    return { ...super.view(), missing: this.missing };
  }
}

/** A refusal that does not name what is missing is told with what its stream needs. */
export function withNeeds(error: AnyConnectorError, requires: readonly string[]): AnyConnectorError {
  if (error.kind !== 'permission' || error.missing.length > 0 || requires.length === 0) return error;
  const message = `${error.message} Needed: ${requires.join(', ')}.`;
  return new PermissionError({
    message,
    missing: requires,
    cause: error,
    ...(error.detail !== undefined && { detail: error.detail }),
  });
}

/** The provider's limit would hold us longer than a run may wait: the run goes on at `retryAt`. */
export class RateLimitError extends ConnectorError {
  readonly kind = 'rate_limit';
  readonly retryAt: Date;
  constructor(init: ConnectorErrorInit & { readonly retryAt: Date }) {
    super(init);
    this.retryAt = init.retryAt;
  }
  override view(): ErrorView {
    return { ...super.view(), retryAt: this.retryAt.toISOString() };
  }
}

/** 5xx, reset, time-out: worth another try later. */
export class TransientError extends ConnectorError {
  readonly kind = 'transient';
}
/** The provider answered something that we cannot use. */
export class UpstreamError extends ConnectorError {
  readonly kind = 'upstream';
}
/** Cancelled, shut down, or the lease was lost. */
export class AbortedError extends ConnectorError {
  readonly kind = 'aborted';
  static of(signal: AbortSignal): AbortedError {
    return new AbortedError({ message: 'The run was stopped.', cause: signal.reason });
  }
}
/** A mistake of ours: a broken contract or an exception nobody foresaw. */
export class InternalError extends ConnectorError {
  readonly kind = 'internal';
}

/** The errors that there are: `kind` tells them apart. */
export type AnyConnectorError =
  | ConfigError
  | AuthError
  | PermissionError
  | RateLimitError
  | TransientError
  | UpstreamError
  | AbortedError
  | InternalError;

/** What follows from an error of one kind. `at`: not before its `retryAt`. */
export interface ErrorPolicy {
  readonly retry: 'never' | 'backoff' | 'at';
  /** What one such error ends: the stream it came from, or the whole run. */
  readonly ends: 'stream' | 'run';
  readonly blame: 'customer' | 'provider' | 'connector' | 'nobody';
  readonly pagesOperator: boolean;
}

/** The one table that the engine and the host go by; the type checker keeps it complete. */
export const ERROR_POLICY = {
  config: { retry: 'never', ends: 'run', blame: 'customer', pagesOperator: false },
  auth: { retry: 'never', ends: 'run', blame: 'customer', pagesOperator: false },
  permission: { retry: 'never', ends: 'stream', blame: 'customer', pagesOperator: false },
  rate_limit: { retry: 'at', ends: 'run', blame: 'nobody', pagesOperator: false },
  transient: { retry: 'backoff', ends: 'stream', blame: 'provider', pagesOperator: false },
  upstream: { retry: 'never', ends: 'stream', blame: 'provider', pagesOperator: true },
  aborted: { retry: 'never', ends: 'run', blame: 'nobody', pagesOperator: false },
  internal: { retry: 'never', ends: 'stream', blame: 'connector', pagesOperator: true },
} as const satisfies Record<ConnectorErrorKind, ErrorPolicy>;

/** Whose turn it is after a problem: the customer's, the provider's, ours. */
export type Turn = 'you' | 'provider' | 'castellan';

const TURNS = { customer: 'you', provider: 'provider', nobody: 'provider', connector: 'castellan' } as const;

/** Who has to act on an error of this kind. */
export function turnOf(kind: ConnectorErrorKind): Turn {
  return TURNS[ERROR_POLICY[kind].blame];
}

/** What a customer calls the settings of a connector. */
export interface SettingNames {
  /** The one with this dotted path. Default: `the setting` and the path. */
  readonly nameOf?: (field: string) => string;
  /** The one that holds the address of the provider, where there is one. */
  readonly address?: string;
}

/**
 * What to do next about an error, in a sentence for the row of a connection test, beside whose turn it is: {@link turnOf}. With an
 * `address`, a provider that answers something unusable is the customer's turn. A connector that knows its provider says it better;
 * this is for what it does not foresee.
 */
export function todoFor(error: AnyConnectorError, { nameOf = theSetting, address }: SettingNames = {}): string {
  switch (error.kind) {
    case 'config':
      return `Check ${error.field === undefined ? 'the settings' : nameOf(error.field)}, then test again.`;
    case 'auth':
      return `Check ${error.field === undefined ? 'the credential' : nameOf(error.field)}, then test again.`;
    case 'permission':
      return `Grant ${error.missing.join(', ') || 'what was refused'} to the credential at the provider, then test again.`;
    case 'rate_limit':
    case 'transient':
      return 'Test again in a few minutes.';
    case 'upstream':
      return address === undefined
        ? 'Test again later; if it stays so, tell whoever maintains the connector.'
        : `Check ${address}, then test again; if it is right, tell whoever maintains the connector.`;
    case 'aborted':
      return 'Test again.';
    case 'internal':
      return "Look at the operator's log, then test again.";
  }
}

function theSetting(field: string): string {
  return `the setting ${field}`;
}
