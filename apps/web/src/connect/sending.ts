import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Trial } from './trial.js';

interface Sending {
  readonly isPending: boolean;
  readonly error: unknown;
  /** @param acceptIncomplete somebody has seen what will be missing */
  send(acceptIncomplete: boolean): void;
  /** What was said against it does not hold any more. */
  forget(): void;
}

interface Attempt {
  readonly acceptIncomplete: boolean;
  /** The fingerprint of the settings that were sent: they can be others when the answer comes. */
  readonly of: string;
}

/** Stores a connection, once however often it is pressed. */
export function useSending<T>(
  trial: Trial,
  store: (acceptIncomplete: boolean) => Promise<T>,
  onStored: (answer: T) => void,
): Sending {
  // Two presses can come before the first is rendered.
  const isUnderWay = useRef(false);
  const sending = useMutation({
    mutationFn: ({ acceptIncomplete }: Attempt) => store(acceptIncomplete),
    onSuccess: onStored,
    onError: (error, { of }) => trial.refused(error, of),
    onSettled: () => {
      isUnderWay.current = false;
    },
  });
  return {
    isPending: sending.isPending,
    error: sending.error,
    forget: () => sending.error !== null && sending.reset(),
    send: (acceptIncomplete) => {
      if (isUnderWay.current) return;
      isUnderWay.current = true;
      sending.mutate({ acceptIncomplete, of: trial.fingerprint });
    },
  };
}
