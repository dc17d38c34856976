import type { ActionInfo, ActionPlan } from '@castellan/connector-sdk';
import { hanging } from '../check/check-table.js';

const STATES = {
  open: 'It is not so yet.',
  done: 'It is so already: nothing would be sent.',
  unseen: 'The provider does not show whether it is so.',
} as const satisfies Record<ActionPlan['state'], string>;

/** What an action would do, for people. @param width of the terminal in characters */
export function planText({ state, calls, touches, consequences, outcome, undo }: ActionPlan, width: number): readonly string[] {
  const sent = state === 'done' ? [] : calls.map(({ method, path, body }) => withBody(`${method} ${path}`, body));
  return [
    STATES[state],
    ...hanging('  afterwards  ', outcome, width),
    ...touches.flatMap(({ kind, name, key }) => hanging('  touches     ', `${kind} ${name} (${key})`, width)),
    ...sent.flatMap((call) => hanging('  sends       ', call, width)),
    ...consequences.flatMap((one) => hanging('  mind        ', one, width)),
    ...hanging('  taken back  ', undo === null ? 'by nothing' : `by ${undo.action}`, width),
  ];
}

const withBody = (call: string, body: unknown): string => (body === undefined ? call : `${call} ${JSON.stringify(body)}`);

/** The actions of a connector, the fields of each behind it. */
export function actionList(actions: readonly ActionInfo[], width: number): readonly string[] {
  const widest = Math.max(0, ...actions.map(({ name }) => name.length));
  return actions.flatMap(({ name, summary, effect }) => {
    const mark = effect === 'destructive' ? '!' : ' ';
    return hanging(`${mark} ${name.padEnd(widest)}  `, summary, width);
  });
}
