import type { ActionRequestView } from '@castellan/api';

/** A line of a list: one request, or all of a step that wait for the same person. */
export type RequestEntry =
  | { readonly one: ActionRequestView; readonly step?: never }
  | { readonly step: WaitingStep; readonly one?: never };

export interface WaitingStep {
  readonly key: string;
  /** At least two. */
  readonly requests: readonly [ActionRequestView, ActionRequestView, ...ActionRequestView[]];
}

/** What several requests of one step are is one line, where the first of them stands. */
export function byStep(
  requests: readonly ActionRequestView[],
  mayDecide: (request: ActionRequestView) => boolean,
): readonly RequestEntry[] {
  const steps = new Map<string, ActionRequestView[]>();
  for (const request of requests)
    if (request.state === 'proposed' && mayDecide(request)) {
      const key = keyOf(request);
      if (key !== undefined) steps.set(key, [...(steps.get(key) ?? []), request]);
    }
  return requests.flatMap((one): readonly RequestEntry[] => {
    const key = keyOf(one);
    const [first, second, ...others] = (key === undefined ? undefined : steps.get(key)) ?? [];
    if (key === undefined || first === undefined || second === undefined || one.state !== 'proposed') return [{ one }];
    return one.id === first.id ? [{ step: { key, requests: [first, second, ...others] } }] : [];
  });
}

function keyOf({ playbookStep }: ActionRequestView): string | undefined {
  return playbookStep === null ? undefined : `${playbookStep.run} ${playbookStep.step}`;
}
