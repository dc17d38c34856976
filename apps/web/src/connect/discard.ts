import { useBlocker } from '@tanstack/react-router';
import { useRef, useState } from 'react';

/** Going away from something that was typed. */
export interface Discard {
  /** Whether the question stands: may what was typed be lost? */
  readonly isAsked: boolean;
  /** Goes away, after the question where something was typed. */
  leave(): void;
  stay(): void;
  discard(): void;
  /** Goes away without the question: nothing is lost any more. */
  done(go: () => void): void;
}

/** Asks whichever way somebody goes: by a button, by the browser's, or to another page. */
export function useDiscard(isChanged: boolean, close: () => void): Discard {
  const isFree = useRef(false);
  const [isAsked, setAsked] = useState(false);
  const isLoss = (): boolean => isChanged && !isFree.current;
  const blocker = useBlocker({ shouldBlockFn: isLoss, enableBeforeUnload: isLoss, withResolver: true });
  const free = (go: () => void): void => {
    isFree.current = true;
    go();
  };
  return {
    isAsked: isAsked || blocker.status === 'blocked',
    leave: () => (isLoss() ? setAsked(true) : close()),
    stay: () => {
      setAsked(false);
      blocker.reset?.();
    },
    discard: () => free(blocker.proceed ?? close),
    done: free,
  };
}
