import type { PossibleAction } from '@castellan/api';
import type { ActionInfo, JsonObject, Json, RecordKind } from '@castellan/connector-sdk';
import { type Field, fieldsOf } from '@castellan/form-schema';
import { recordKindOf, relationsOf, rowKind } from '@castellan/storage';

/** A record, as far as the forms of actions ask for it. */
export interface ActedOn {
  readonly kind: RecordKind;
  readonly key: string;
  /** Its fields. */
  readonly data: object;
}

/** What can be done to a record itself, and what it can be given. */
export function actionsOn(actions: readonly ActionInfo[], record: ActedOn): readonly PossibleAction[] {
  return actions.flatMap((action) => {
    if (action.subject === record.kind) return [filled(action, { ...record.data, [keyFieldOf(record.kind)]: record.key })];
    // A record of another kind comes to be by what gives something back or prevents something; the others need one that is there.
    if (action.purpose !== 'prevent' && action.purpose !== 'restore') return [];
    const end = endOf(action.subject, record.kind);
    return end === undefined ? [] : [filled(action, { [end]: record.key, [`${end}Kind`]: record.kind })];
  });
}

/** What can be done about a network address. */
export function actionsOnAddress(actions: readonly ActionInfo[], address: string): readonly PossibleAction[] {
  return actions
    .filter(({ input }) => fieldsOf(input).some(({ key }) => key === 'address'))
    .map((action) => filled(action, { address }));
}

/** Whether something can be done to records of a kind, or to what they have. */
export function isOfUse(actions: readonly ActionInfo[], kind: string): boolean {
  const known = recordKindOf(kind);
  if (known === null) return false;
  const of = [known, ...relationsOf(known).map(rowKind)];
  return actions.some(({ subject }) => of.includes(subject));
}

/** The field of an edge that a record of this kind is named by: of a membership `member` for an account. */
function endOf(edge: RecordKind, kind: RecordKind): string | undefined {
  const relation = relationsOf(kind).find((one) => one.form === 'edge' && rowKind(one) === edge);
  return relation?.form === 'edge' ? relation.own : undefined;
}

function filled({ name, input }: ActionInfo, known: object): PossibleAction {
  const values: Record<string, Json> = {};
  const open: string[] = [];
  for (const field of fieldsOf(input)) {
    const value = valueFor(field, Reflect.get(known, field.key));
    if (value !== undefined) values[field.key] = value;
    else if (field.required) open.push(field.key);
  }
  return { action: name, input: values satisfies JsonObject, open };
}

/** What a form takes; `undefined`: what is known is nothing that this field takes. */
function valueFor(field: Field, known: unknown): Json | undefined {
  if (known === undefined || known === null) return undefined;
  switch (field.widget) {
    case 'number':
      return typeof known === 'number' ? known : undefined;
    case 'switch':
      return typeof known === 'boolean' ? known : undefined;
    case 'select':
      return field.options.find(({ value }) => value === known)?.value;
    case 'text':
      return textFor(known, field.maxLength);
    default:
      return undefined;
  }
}

/** An object, such as the profile of an assignment, is asked for as JSON. */
function textFor(known: unknown, most: number): string | undefined {
  const text = typeof known === 'object' ? JSON.stringify(known) : String(known);
  return text.length > most ? undefined : text;
}

/** The field of a form that takes the key of the record that an action is done to. */
export function keyFieldOf(kind: RecordKind): string {
  return kind.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
