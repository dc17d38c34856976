import { useEffect, useState } from 'react';

/** Where somebody was before this was there, he is when it is gone. Mantine's own does it for what is closed, not for what goes away. */
export function useGiveBackFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // The trap of what goes away lets go of the focus first.
      setTimeout(() => {
        if (before instanceof HTMLElement && before.isConnected && isNowhere()) before.focus();
      });
    },
    [before],
  );
}

/** Who has gone elsewhere by himself is not called back. */
function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
