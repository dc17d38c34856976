import type { ConnectionReport, RecordKind, StreamInfo } from '@castellan/connector-sdk';
import type { FieldHint, FormSchema } from '@castellan/form-schema';

/** A connector in a list. */
export interface ConnectorView {
  readonly id: string;
  readonly name: string;
  readonly status: 'available' | 'unavailable';
  /** Why it is unavailable. */
  readonly reason?: string;
  readonly capabilities: readonly string[];
  /** What it reads in any case. */
  readonly kinds: readonly RecordKind[];
  /** The permissions that it needs at the provider in any case; those of an optional pack stand with its streams. */
  readonly scopes: readonly string[];
}

/** With what its dialog is made of. */
export interface ConnectorDetail extends ConnectorView {
  readonly form?: FormSchema;
  readonly streams: readonly StreamInfo[];
  /** Whether it makes the key pair that its provider takes as a credential. */
  readonly makesKeys: boolean;
}

/** A connection report with its one-word result, and what was changed in the settings before they were tried. */
export interface HintedReport extends ConnectionReport {
  /** Whether every check that was made is good. */
  readonly ok: boolean;
  readonly hints: readonly FieldHint[];
}
