import type { ReactNode } from 'react';
import styles from './actions.module.css';

/** Many lines that scroll by themselves, by keyboard too: what is asked below them, and the button, stay in sight. */
export function Scrolled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles['scrolled']} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
