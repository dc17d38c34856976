import { Modal } from '@mantine/core';
import { HeldOpen } from './held-open.js';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';

interface DialogProps {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly size?: 'md' | 'lg';
  /** Shown for as long as it is open: what was typed into it, or shown once, is gone with it. */
  readonly children: ReactNode;
}

/** Takes the focus, and gives it back to what it was opened with. */
export function Dialog({ title, opened, onClose, size = 'md', children }: DialogProps) {
  // How many things in it are lost with it: then only they themselves let it go.
  const [held, setHeld] = useState(0);
  const opener = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    if (!opened) return undefined;
    opener.current = openerOf(document.activeElement);
    return () => {
      // After the dialog has let go of it, and what was removed is gone.
      setTimeout(() => giveBack(opener.current));
    };
  }, [opened]);
  return (
    <Modal
      opened={opened}
      // One that is going is still on the page for a moment: keys are not for it any more.
      data-going={!opened}
      onClose={onClose}
      title={title}
      size={size}
      centered
      returnFocus={false}
      // It would put a style of its own into the page, which the policy forbids; ours keeps the page still.
      lockScroll={false}
      // A click beside it would take along what was typed, or a secret that is shown once.
      closeOnClickOutside={false}
      closeOnEscape={held === 0}
      withCloseButton={held === 0}
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 120 }}
      styles={{
        title: { fontWeight: 600, fontSize: '1.0625rem' },
        header: { background: 'var(--castellan-surface)' },
        content: { background: 'var(--castellan-surface)' },
      }}
    >
      <HeldOpen value={setHeld}>{children}</HeldOpen>
    </Modal>
  );
}

/** The entry of a menu goes with the menu: then it is the button that opened that. */
function openerOf(active: Element | null): HTMLElement | null {
  const button = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby') ?? null;
  const opener = button === null ? active : document.getElementById(button);
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}

function giveBack(opener: HTMLElement | null): void {
  const target = opener?.isConnected === true ? opener : document.querySelector<HTMLElement>('#page');
  target?.focus({ preventScroll: true });
}
