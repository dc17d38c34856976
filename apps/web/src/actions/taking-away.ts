import type { OfferedAction, PossibleAction, RemovalSuggestion } from '@castellan/api';
import { readForm } from '../form/form-schema.js';

/**
 * What takes a record away that a list knows by its fields: an assignment by its application and who has it.
 * @returns `undefined`: nothing does that asks for no more than these
 */
export function takingAway(
  actions: readonly OfferedAction[],
  kind: string,
  known: Readonly<Record<string, string>>,
): { readonly action: OfferedAction; readonly possible: PossibleAction } | undefined {
  for (const action of actions) {
    if (action.subject !== kind || action.purpose === 'restore' || action.purpose === 'prevent') continue;
    const fields = readForm(action.form);
    if (fields.some(({ path, required }) => required && known[path] === undefined)) continue;
    const input = Object.fromEntries(fields.flatMap(({ path }) => (known[path] === undefined ? [] : [[path, known[path]]])));
    return { action, possible: { action: action.name, input, open: [] } };
  }
  return undefined;
}

/** The fields of an assignment that a suggestion says. */
export const assignmentOf = ({ application, principal }: Pick<RemovalSuggestion, 'application' | 'principal'>) => ({
  application: application.key,
  principalKind: principal.kind,
  principal: principal.key,
});
