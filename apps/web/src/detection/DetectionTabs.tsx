import { Link } from '@tanstack/react-router';
import styles from '../integrations/tabs.module.css';

/** The pages about rules, in their order. */
const PARTS = [
  { to: '/detection/rules', title: 'Rules' },
  { to: '/detection/coverage', title: 'ATT&CK coverage' },
  { to: '/detection/files', title: 'Own rules' },
  { to: '/detection/lists', title: 'Lists' },
  { to: '/detection/suppressions', title: 'Suppressions' },
] as const;

/** @param chosen the part that is seen */
export function DetectionTabs({ chosen }: { readonly chosen: (typeof PARTS)[number]['to'] }) {
  return (
    <nav className={styles['tabs']} aria-label="Parts of detection">
      {PARTS.map(({ to, title }) => (
        <Link
          key={to}
          to={to}
          className={styles['tab']}
          // Filters within a part do not leave it.
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
