import type { ActionInfo, JsonObject } from '@castellan/connector-sdk';
import { actionsOn } from '../actions/possible-actions.js';
import type { StepRecord } from './step-records.js';

/** What an action would be told of a record; `byHand`: why a person has to do it. */
export type WantedAction =
  | { readonly action: ActionInfo; readonly input: JsonObject }
  | { readonly byHand: string; readonly input: JsonObject };

export interface Offer {
  /** What the integration offers, and what its connector knows, whether or not it is offered. */
  readonly offered: readonly ActionInfo[];
  readonly known: readonly ActionInfo[];
}

export function wantedAction({ offered, known }: Offer, name: string, record: StepRecord): WantedAction {
  const action = offered.find((one) => one.name === name);
  if (action === undefined) return { byHand: byHand(known, name, record), input: {} };
  const [filled] = actionsOn([action], record);
  if (action.subject !== record.kind || filled === undefined)
    return { byHand: `By hand: ${action.title} is done to another kind of record.`, input: {} };
  if (filled.open.length > 0)
    return {
      byHand: `By hand: ${action.title}. Of ${record.name} this is not known: ${filled.open.join(', ')}. ${action.byHand.join(' ')}`,
      input: {},
    };
  return { action, input: filled.input };
}

function byHand(known: readonly ActionInfo[], name: string, { name: subject }: StepRecord): string {
  const action = known.find((one) => one.name === name);
  return action === undefined
    ? `By hand: ${name}, of ${subject}. The connection knows no such action.`
    : `By hand: ${action.title}, of ${subject}. The connection does not offer it: its settings switch actions off. ${action.byHand.join(' ')}`;
}
