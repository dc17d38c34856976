import type { ReactNode } from 'react';
import styles from './wide.module.css';

/** Scrolls by itself, by keyboard too, so that the page never does: for tables that are wider than a telephone. */
export function Wide({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles['wide']} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
