import type { ActionBatchPlanned } from '@castellan/api';
import { countedLoss, sharedConsequences } from './action-words.js';

/** One object, with what is so of it and not of all. */
export interface BatchLine {
  readonly key: string;
  readonly label: string;
  readonly isAdministrator: boolean;
  /** `null`: it is done to this one. */
  readonly leftOut: string | null;
  readonly sentences: readonly string[];
}

export interface BatchPlan {
  /** What is so of each, said once. */
  readonly ofEach: readonly string[];
  /** Administrators first, then what is left out: both are worth a look. */
  readonly lines: readonly BatchLine[];
}

/** What is left out before it is looked at. */
export interface BatchLeftOut {
  readonly label: string;
  readonly why: string;
}

type Planned = NonNullable<ActionBatchPlanned['planned']>;

/** @param labels what people call each, in the same order */
export function batchPlan(
  items: readonly ActionBatchPlanned[],
  labels: readonly string[],
  leftOut: readonly BatchLeftOut[] = [],
): BatchPlan {
  const done = items.flatMap(({ planned }) => (planned !== null && isToBeDone(planned) ? [planned] : []));
  const shared = sharedConsequences(done.map(({ plan }) => plan));
  const outcome = outcomeOfEach(done);
  const lines = [
    ...items.map((item, index) => lineOf(item, labels[index] ?? '', shared, outcome !== undefined)),
    ...leftOut.map(({ label, why }, index) => ({
      key: `left out ${index}`,
      label,
      isAdministrator: false,
      leftOut: why,
      sentences: [],
    })),
  ];
  return {
    ofEach: [...(outcome === undefined ? [] : [outcome]), ...shared],
    lines: lines.toSorted((one, other) => rankOf(one) - rankOf(other)),
  };
}

export const isToBeDone = ({ plan, canRun }: Planned): boolean => plan.state !== 'done' && canRun.ok;

function rankOf({ isAdministrator, leftOut }: BatchLine): number {
  if (leftOut === null) return isAdministrator ? 0 : 2;
  return 1;
}

function lineOf(
  { input, planned, problem }: ActionBatchPlanned,
  label: string,
  shared: readonly string[],
  isSaidOfEach: boolean,
): BatchLine {
  const line = { key: JSON.stringify(input), label, isAdministrator: false, leftOut: null, sentences: [] };
  if (problem !== null || planned === null) return { ...line, leftOut: problem?.message ?? 'There is no plan for it.' };
  const { plan, canRun, access, administrators } = planned;
  if (plan.state === 'done') return { ...line, leftOut: `It is so already: ${plan.outcome}` };
  if (!canRun.ok) return { ...line, leftOut: canRun.message };
  const own = plan.consequences.filter((one) => !shared.includes(one));
  const lost = access === null || access.lost === 0 ? [] : [`${countedLoss(access.lost)}.`];
  return {
    ...line,
    // The connectors say it in words; what is so of each is no mark.
    isAdministrator: (administrators?.roles.length ?? 0) > 0 || own.some((one) => /administrator/i.test(one)),
    sentences: [...(isSaidOfEach ? [] : [plan.outcome]), ...own, ...lost],
  };
}

/** `ana is suspended.`, `bo is suspended.`: each is. @returns `undefined`: it is not the same of all */
function outcomeOfEach(planned: readonly Planned[]): string | undefined {
  const said = new Set(planned.map(({ plan: { outcome, touches } }) => withoutName(outcome, touches[0]?.name)));
  const [only] = said;
  return said.size === 1 && planned.length > 1 ? only : undefined;
}

function withoutName(outcome: string, name: string | undefined): string {
  const isItsSubject = name !== undefined && name !== '' && outcome.startsWith(`${name} `);
  return isItsSubject ? `Each${outcome.slice(name.length)}` : outcome;
}
