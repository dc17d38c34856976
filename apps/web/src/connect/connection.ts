import type { ConnectorDetail, FieldProblem } from '@castellan/api';
import type { KeyPair } from '@castellan/connector-sdk';
import type { FieldHint } from '@castellan/form-schema';
import { useMemo, useState } from 'react';
import type { FormContext } from '../form/form-context.js';
import { byKey } from '../form/form-keys.js';
import { type FormField, type JsonObject, readForm } from '../form/form-schema.js';
import { changed, type FormValues, settingsOf, valuesOf } from '../form/form-values.js';
import { addressIn, fieldsInUse, issueOf } from './check-field.js';
import { useFocusedPlace } from './focused-place.js';
import { useSaid } from './said.js';

/** What a form of settings begins with. */
export interface Start {
  /** Without secrets. */
  readonly settings: JsonObject;
  /** Secrets that are stored, by path: since when. */
  readonly stored: readonly (readonly [path: string, since: string])[];
  /** The key of the field that somebody was sent to. */
  readonly asked?: string | undefined;
}

export const EMPTY: Start = { settings: {}, stored: [] };

type Place = ReturnType<typeof useFocusedPlace>;

/** What stands in the form of a connection, what is wrong with it, and where somebody is in it. */
export interface Connection {
  readonly fields: readonly FormField[];
  readonly form: FormContext;
  /** The key of the field or way that somebody is at. */
  readonly at: string | undefined;
  /** Attributes of what is beside the form: who goes there has not left the field. */
  readonly beside: Place['beside'];
  readonly goBeside: Place['goBeside'];
  readonly goBack: Place['goBack'];
  readonly settings: JsonObject;
  /** Tells two states of the settings apart. */
  readonly fingerprint: string;
  readonly isChanged: boolean;
  /** Key pairs that were made here, by the key of their field. */
  readonly made: ReadonlyMap<string, KeyPair>;
  keep(key: string, pair: KeyPair): void;
  /** Looks at all fields that are sent. @returns whether they may be */
  check(): boolean;
  /** Puts what the host says of these settings at its fields. */
  place(said: Said): void;
}

/** Of settings, by their paths. */
export interface Said {
  readonly issues: readonly FieldProblem[];
  readonly hints?: readonly FieldHint[];
  /** Whether somebody is led to what is wrong; else he stays where he is. */
  readonly isLed: boolean;
}

const MADE = 'Made here just now. It is sent with the rest, and shown to nobody.';

/** @throws Error for a form that this page cannot show */
export function useConnection(connector: ConnectorDetail, start: Start): Connection {
  const fields = useMemo(() => (connector.form === undefined ? [] : readForm(connector.form)), [connector.form]);
  const [first] = useState(() => valuesOf(fields, start.settings));
  const [values, setValues] = useState<FormValues>(first);
  const [made, setMade] = useState<ReadonlyMap<string, KeyPair>>(new Map());
  const said = useSaid();

  const stored = new Map([...byKey(fields, first, start.stored), ...[...made.keys()].map((key) => [key, MADE] as const)]);
  const inUse = fieldsInUse(fields, values);
  const issues = new Map(
    inUse.flatMap((field) => {
      const issue = issueOf(field, values, stored.has(field.key) && values.get(field.key) !== null);
      return issue === undefined ? [] : [[field.key, issue] as const];
    }),
  );
  const settings = settingsOf(fields, withMade(values, made));
  const fingerprint = JSON.stringify(settings);
  const { at, enter, leave, ...beside } = useFocusedPlace((key) => {
    const issue = issues.get(key);
    // Without one, what the host has said of it still holds.
    if (issue !== undefined) said.of(key, issue);
    const field = inUse.find((one) => one.key === key);
    const address = field && addressIn(field, String(values.get(key) ?? ''));
    if (address === undefined) return;
    setValues((before) => changed(before, key, address));
    said.understood(key, 'Only the address counts: what followed it was left out.');
  });

  return {
    ...beside,
    fields,
    at,
    settings,
    fingerprint,
    isChanged: made.size > 0 || fingerprint !== JSON.stringify(settingsOf(fields, first)),
    made,
    keep: (key, keys) => {
      setMade((before) => new Map(before).set(key, keys));
      setValues((before) => changed(before, key, undefined));
      said.of(key, undefined);
    },
    check: () => {
      said.all(issues, new Map(), issues.size > 0);
      return issues.size === 0;
    },
    place: ({ issues: wrong, hints = [], isLed }) =>
      said.all(byKey(fields, values, wrong.map(pathAndText)), byKey(fields, values, hints.map(pathAndText)), isLed),
    form: {
      values,
      issues: said.issues,
      hints: said.hints,
      stored,
      disabled: false,
      asked: start.asked,
      change: (key, value) => {
        setValues((before) => changed(before, key, value));
        said.of(key, undefined);
      },
      enter,
      leave,
    },
  };
}

function pathAndText({ field, message }: FieldProblem | FieldHint): readonly [path: string, text: string] {
  return [field, message];
}

/** A key that was made here counts until somebody types another one. */
function withMade(values: FormValues, made: ReadonlyMap<string, KeyPair>): FormValues {
  const isEmpty = (key: string): boolean => values.get(key) !== null && String(values.get(key) ?? '').trim() === '';
  const added = [...made].filter(([key]) => isEmpty(key)).map(([key, { privateKey }]) => [key, privateKey] as const);
  return new Map([...values, ...added]);
}
