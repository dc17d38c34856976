import { Link } from '@tanstack/react-router';
import styles from '../integrations/tabs.module.css';

const PARTS = [
  { to: '/playbooks', title: 'Playbooks' },
  { to: '/playbooks/runs', title: 'Runs' },
] as const;

/** @param chosen the part that is seen */
export function PlaybookTabs({ chosen }: { readonly chosen: (typeof PARTS)[number]['to'] }) {
  return (
    <nav className={styles['tabs']} aria-label="Parts of playbooks">
      {PARTS.map(({ to, title }) => (
        <Link
          key={to}
          to={to}
          className={styles['tab']}
          activeOptions={{ exact: true, includeSearch: false }}
          data-status={to === chosen ? 'active' : 'other'}
          aria-current={to === chosen ? 'page' : undefined}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
