import { type FocusEvent, useRef, useState } from 'react';

/**
 * The field that somebody is at. Going to what stands beside the form, or to another window to fetch what belongs into the field,
 * is not leaving it.
 * @param left somebody has left a field for another one, or for none
 */
export function useFocusedPlace(left: (key: string) => void) {
  const [at, setAt] = useState<string>();
  const besideRef = useRef<HTMLElement>(null);
  const entered = useRef(0);
  // What is known when the time comes, not when the field was left.
  const latest = useRef(left);
  latest.current = left;

  const isAway = (): boolean => document.hasFocus() && besideRef.current?.contains(document.activeElement) !== true;
  /** The focus is nowhere while it moves: it is looked for when it has arrived. */
  const whenArrived = (then: (nowhere: boolean) => void): void => {
    const before = entered.current;
    setTimeout(() => isAway() && then(entered.current === before));
  };

  return {
    at,
    enter: (key: string): void => {
      entered.current += 1;
      setAt(key);
    },
    leave: (key: string): void =>
      whenArrived((nowhere) => {
        latest.current(key);
        if (nowhere) setAt(undefined);
      }),
    beside: {
      ref: besideRef,
      tabIndex: -1,
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void => {
        if (!currentTarget.contains(relatedTarget)) whenArrived((nowhere) => nowhere && setAt(undefined));
      },
    },
  };
}
