import type { ActionGrants, ActionInfo, ActionPlan } from '@castellan/connector-sdk';
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
    ...hanging('  afterwards  ', shown(outcome), width),
    ...touches.flatMap(({ kind, name, key }) => hanging('  touches     ', shown(`${kind} ${name} (${key})`), width)),
    ...sent.flatMap((call) => hanging('  sends       ', shown(call), width)),
    ...consequences.flatMap((one) => hanging('  mind        ', shown(one), width)),
    // What is so already was not done by this.
    ...(state === 'done' ? [] : hanging('  taken back  ', undo === null ? 'by nothing' : `by ${undo.action}`, width)),
  ];
}

/** The way by hand, a step a line. */
export function stepsText(steps: readonly string[], width: number): readonly string[] {
  return ['By hand:', ...steps.flatMap((step, n) => hanging(`  ${n + 1}. `, step, width))];
}

/** The names are the provider's: what moves the cursor, or turns the writing round, is seen and does nothing. */
const shown = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

const withBody = (call: string, body: unknown): string => (body === undefined ? call : `${call} ${JSON.stringify(body)}`);

interface KnownAction {
  readonly action: ActionInfo;
  readonly notGranted: readonly string[];
}

/** The actions of a connector: those that can be done first, then by what they lack. */
export function actionList(actions: readonly KnownAction[], grants: ActionGrants | null, width: number): readonly string[] {
  const widest = Math.max(0, ...actions.map(({ action }) => action.name.length));
  const linesOf = (some: readonly KnownAction[]) =>
    some.flatMap(({ action: { name, summary, effect } }) => {
      const mark = effect === 'destructive' ? '!' : ' ';
      return hanging(`${mark} ${name.padEnd(widest)}  `, summary, width);
    });
  const lacking = new Map<string, KnownAction[]>();
  for (const one of actions) {
    const missing = one.notGranted.join(', ');
    if (missing !== '') lacking.set(missing, [...(lacking.get(missing) ?? []), one]);
  }
  const lines = [
    ...linesOf(actions.filter(({ notGranted }) => notGranted.length === 0)),
    ...[...lacking].flatMap(([missing, some]) => [`Not granted yet: ${missing}`, ...linesOf(some)]),
    ...(lacking.size === 0 ? [] : hanging('', `${grants?.where ?? ''} Until then its plan shows the way by hand.`, width)),
  ];
  const isAnyHeavy = actions.some(({ action: { effect } }) => effect === 'destructive');
  return isAnyHeavy ? [...lines, ...hanging('! ', 'is heavy: a host asks a second person.', width)] : lines;
}
