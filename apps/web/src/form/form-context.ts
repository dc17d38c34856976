import type { FormValue, FormValues } from './form-values.js';

/** What a form shows and whom it tells. The one who holds it decides what is stored, checked and sent. */
export interface FormContext {
  readonly values: FormValues;
  /** What is wrong, by the path of the field. */
  readonly issues: ReadonlyMap<string, string>;
  /** What was understood otherwise than typed, by path: "console.acme.example is the console, acme.example is used". */
  readonly hints: ReadonlyMap<string, string>;
  /** Secrets that are stored already, by path: when, and by whom where that is known. Their values never come back. */
  readonly stored: ReadonlyMap<string, string>;
  readonly disabled: boolean;
  change(key: string, value: FormValue): void;
  /** The field that somebody is at, for the help beside the form. */
  enter(path: string): void;
  leave(path: string): void;
}
