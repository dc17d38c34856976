import { Link } from '@tanstack/react-router';
import { AnchorLink } from '../shell/links.js';
import { heatOf, type TacticCover, type TechniqueCover } from './coverage.js';
import { countedHits, countedRules } from './rule-words.js';
import styles from './detection.module.css';

const HEATS = [
  [0, 'none'],
  [1, '1 to 9'],
  [2, '10 to 99'],
  [3, '100 to 999'],
  [4, '1,000 and more'],
] as const;

/** Tactics beside each other, with their techniques below; the warmer, the more often rules have found something. */
export function CoverageMatrix({ tactics }: { readonly tactics: readonly TacticCover[] }) {
  return (
    <>
      <ul className={styles['legend']} aria-label="Legend">
        <li>Hits of rules from low on, in 30 days:</li>
        {HEATS.map(([heat, words]) => (
          <li key={heat}>
            <span className={styles['swatch']} data-heat={heat} /> {words}
          </li>
        ))}
        <li>
          <span className={styles['swatch']} data-off /> all its rules are switched off
        </li>
      </ul>
      <div className={styles['matrix']}>
        {tactics.map(({ tactic, techniques }) => (
          <section key={tactic} aria-label={tactic}>
            <AnchorLink to="/detection/rules" search={{ tactic }} className={styles['tactic']}>
              {tactic}
            </AnchorLink>
            <ul className={styles['cells']} aria-label={`Techniques of ${tactic}`}>
              {techniques.map((technique) => (
                <li key={technique.id}>
                  <Cell technique={technique} isPart={techniques.some(({ id }) => technique.id.startsWith(`${id}.`))} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

interface CellProps {
  readonly technique: TechniqueCover;
  /** Stands below the technique that it is part of. */
  readonly isPart: boolean;
}

function Cell({ technique: { id, name, rules, off, hits }, isPart }: CellProps) {
  const counts = rules === 0 ? `${countedRules(off)}, switched off` : countedRules(rules);
  return (
    <Link
      to="/detection/rules"
      search={{ technique: id }}
      className={styles['cell']}
      data-heat={heatOf(hits)}
      data-off={rules === 0}
      data-part={isPart}
    >
      <span className={styles['id']}>{id}</span> {name}
      <span className={styles['counts']}>
        {counts} · {countedHits(hits)}
      </span>
    </Link>
  );
}
