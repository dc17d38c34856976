import type { ConnectorDetail, FieldProblem } from '@castellan/api';
import type { KeyPair } from '@castellan/connector-sdk';
import type { FieldHint } from '@castellan/form-schema';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { FormContext } from '../form/form-context.js';
import { byKey } from '../form/form-keys.js';
import { type FormField, type JsonObject, readForm } from '../form/form-schema.js';
import { changed, type FormValues, settingsOf, valuesOf } from '../form/form-values.js';
import { fieldsInUse, issueOf } from './check-field.js';
import { useFocusedPlace } from './focused-place.js';

/** What a form of settings begins with. */
export interface Start {
  /** Without secrets. */
  readonly settings: JsonObject;
  /** Secrets that are stored, by path: since when. */
  readonly stored: readonly (readonly [path: string, since: string])[];
}

export const EMPTY: Start = { settings: {}, stored: [] };

/** What stands in the form of a connection, what is wrong with it, and where somebody is in it. */
export interface Connection {
  readonly fields: readonly FormField[];
  readonly form: FormContext;
  /** The key of the field or way that somebody is at. */
  readonly at: string | undefined;
  /** Attributes of what is beside the form: who goes there has not left the field. */
  readonly beside: ReturnType<typeof useFocusedPlace>['beside'];
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
  const [issues, setIssues] = useState<ReadonlyMap<string, string>>(new Map());
  const [hints, setHints] = useState<ReadonlyMap<string, string>>(new Map());
  const [made, setMade] = useState<ReadonlyMap<string, KeyPair>>(new Map());
  const [focuses, setFocuses] = useState(0);
  useFirstWrong(focuses);

  const stored = new Map([...byKey(fields, first, start.stored), ...[...made.keys()].map((key) => [key, MADE] as const)]);
  const isHeld = (key: string): boolean => stored.has(key) && values.get(key) !== null;
  const inUse = fieldsInUse(fields, values);
  const settings = settingsOf(fields, withMade(values, made));
  const fingerprint = JSON.stringify(settings);

  const leave = (key: string): void => {
    const field = inUse.find((one) => one.key === key);
    const issue = field && issueOf(field, values, isHeld(key));
    if (issue !== undefined) setIssues((before) => new Map(before).set(key, issue));
  };
  const place = useFocusedPlace(leave);

  return {
    fields,
    at: place.at,
    beside: place.beside,
    settings,
    fingerprint,
    isChanged: made.size > 0 || fingerprint !== JSON.stringify(settingsOf(fields, first)),
    made,
    keep: (key, pair) => {
      setMade((before) => new Map(before).set(key, pair));
      setValues((before) => changed(before, key, undefined));
      setIssues((before) => without(before, key));
    },
    check: () => {
      const found = inUse.flatMap((field) => {
        const issue = issueOf(field, values, isHeld(field.key));
        return issue === undefined ? [] : [[field.key, issue] as const];
      });
      setIssues(new Map(found));
      if (found.length > 0) setFocuses((before) => before + 1);
      return found.length === 0;
    },
    place: (said) => {
      setIssues(byKey(fields, values, said.issues.map(pair)));
      setHints(byKey(fields, values, (said.hints ?? []).map(pair)));
      if (said.isLed) setFocuses((before) => before + 1);
    },
    form: {
      values,
      issues,
      hints,
      stored,
      disabled: false,
      change: (key, value) => {
        setValues((before) => changed(before, key, value));
        setIssues((before) => without(before, key));
        setHints((before) => without(before, key));
      },
      enter: place.enter,
      leave: place.leave,
    },
  };
}

function pair({ field, message }: FieldProblem | FieldHint): readonly [path: string, text: string] {
  return [field, message];
}

/** A key that was made here counts until somebody types another one. */
function withMade(values: FormValues, made: ReadonlyMap<string, KeyPair>): FormValues {
  const isEmpty = (key: string): boolean => values.get(key) !== null && String(values.get(key) ?? '').trim() === '';
  const added = [...made].filter(([key]) => isEmpty(key)).map(([key, { privateKey }]) => [key, privateKey] as const);
  return new Map([...values, ...added]);
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  if (!map.has(key)) return map;
  return new Map([...map].filter(([one]) => one !== key));
}

/** Leads to the first field that something is wrong with. @param asked grows with each time that it should */
function useFirstWrong(asked: number): void {
  const before = useRef(asked);
  useEffect(() => {
    if (asked === before.current) return undefined;
    before.current = asked;
    // A group that was folded away opens in the same render, but its fields can be reached only after the next frame.
    const frame = requestAnimationFrame(focusFirstWrong);
    return () => cancelAnimationFrame(frame);
  }, [asked]);
}

function focusFirstWrong(): void {
  const first = document.querySelector<HTMLElement>(
    '[role="dialog"] :is([aria-invalid="true"], [role="group"] [role="alert"])',
  );
  // A stored secret has no input: its button is what mends it.
  const target = first?.getAttribute('role') === 'alert' ? first.closest('[role="group"]')?.querySelector('button') : first;
  target?.focus();
}
