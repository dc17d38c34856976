/** A class whose properties carry field decorators. It is made with no arguments; property initialisers are the defaults. */
export type ConfigClass<C extends object = object> = new () => C;

/** What the operator of this host permits beyond the rules that hold for everybody. */
export interface ConfigEnvironment {
  /**
   * Hosts (`127.0.0.1`, `directory.internal:8443`) that may be reached although their address is private, and over plain http:
   * the value of `CASTELLAN_ALLOW_HOSTS`. An entry without a port holds for every port.
   */
  readonly allowedHosts?: readonly string[];
}

/** What is wrong with one setting. */
export interface FieldIssue {
  /** Dotted path of the setting, e.g. `auth.clientSecret`; empty when the whole input is wrong. */
  readonly field: string;
  /** What is wrong and the way out. Never the value. */
  readonly message: string;
}

/** A value that was understood but not kept as it was given: what was changed, and why. */
export interface FieldHint {
  /** Dotted path of the setting. */
  readonly field: string;
  /** For the person who gave it. Never a secret. */
  readonly message: string;
}

/** The settings, frozen, with every default filled in; or everything that is wrong with them at once. */
export type ConfigValidation<C> =
  | { readonly ok: true; readonly config: Readonly<C>; readonly hints: readonly FieldHint[] }
  | { readonly ok: false; readonly issues: readonly FieldIssue[] };
