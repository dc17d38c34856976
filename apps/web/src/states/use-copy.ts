import { useClipboard } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';

/** Copies a text, and says so where the browser does not let it: over plain http it never does. */
export function useCopy(text: string): { readonly isCopied: boolean; copy(): void } {
  const { copy, copied, error } = useClipboard({ timeout: 3_000 });
  useEffect(() => {
    if (error === null) return;
    const message = 'The browser does not let this page copy. Mark the text and copy it yourself.';
    notifications.show({ id: 'not-copied', color: 'red', role: 'alert', title: 'Not copied', message });
  }, [error]);
  return { isCopied: copied, copy: () => copy(text) };
}
