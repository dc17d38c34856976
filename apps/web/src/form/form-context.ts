import type { ReactNode } from 'react';
import type { FormValue, FormValues } from './form-values.js';

/**
 * What a form shows and whom it tells, all by the keys of its fields; `byKey` finds them for what the host says by path. The one
 * who holds it decides what is stored, checked and sent.
 */
export interface FormContext {
  readonly values: FormValues;
  /** What is wrong. What no field has a key for is shown above them. */
  readonly issues: ReadonlyMap<string, string>;
  /** What was understood otherwise than typed: "console.acme.example is the console, acme.example is used". */
  readonly hints: ReadonlyMap<string, string>;
  /** Secrets that are stored already: when, and by whom where that is known. Their values never come back. */
  readonly stored: ReadonlyMap<string, string>;
  readonly disabled: boolean;
  /** The field that somebody was sent to: its part is open, and it has the focus. */
  readonly asked?: string | undefined;
  /** @param value `undefined`: as if nobody had touched the field; see `changed` */
  change(key: string, value: FormValue | undefined): void;
  /** The field (`auth=key.clientId`) or the way to fill it (`auth=key`) that somebody is at, for the help beside the form. */
  enter(key: string): void;
  leave(key: string): void;
  /** Something to stand below a field, such as a button that makes a key pair. */
  below?(key: string): ReactNode;
}
