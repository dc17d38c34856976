import { createContext, type Dispatch, type SetStateAction, useContext, useLayoutEffect } from 'react';

/** Of the dialog around: how many things it must not be closed over. */
export const HeldOpen = createContext<Dispatch<SetStateAction<number>>>(() => undefined);

/** Keeps the dialog around open for as long as what asks for it is there: Escape does not close it, and it has no cross. */
export function useHeldOpen(): void {
  const change = useContext(HeldOpen);
  useLayoutEffect(() => {
    change((held) => held + 1);
    return () => change((held) => held - 1);
  }, [change]);
}
