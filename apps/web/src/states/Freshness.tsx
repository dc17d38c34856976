import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleDashed, IconClock, IconClockExclamation, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Ago } from './Ago.js';
import styles from './freshness.module.css';
import { type FreshnessLevel, freshnessLevel } from './freshness-level.js';
import { useNow } from './now.js';

const LOOKS: Readonly<Record<FreshnessLevel, { readonly icon: TablerIcon; readonly word: string }>> = {
  fresh: { icon: IconClock, word: '' },
  late: { icon: IconClockExclamation, word: ' · late' },
  old: { icon: IconAlertTriangle, word: ' · out of date' },
  never: { icon: IconCircleDashed, word: '' },
};

interface FreshnessProps {
  /** ISO 8601: until when what is shown is known to be complete; `null`: it never was. */
  readonly asOf: string | null;
  /** How often it should be renewed. */
  readonly everySeconds: number;
  /** What it is said of, where that is not everything: `14 of 16 streams`. */
  readonly part?: string;
  /** What is behind it, by stream for instance: shown to who points at it or comes by with the keyboard. */
  readonly details?: ReactNode;
}

/** "as of 4 min ago": amber after two intervals without news, red after six, and said in words too. */
export function Freshness({ asOf, everySeconds, part, details }: FreshnessProps) {
  const level = freshnessLevel(asOf, everySeconds, useNow());
  const { icon: Icon, word } = LOOKS[level];
  const text = (
    <>
      <Icon size={15} stroke={1.8} aria-hidden />
      <span>
        {asOf === null ? (
          'not read yet'
        ) : (
          <>
            as of <Ago at={asOf} />
          </>
        )}
        {word}
        {part !== undefined && ` · ${part}`}
      </span>
    </>
  );
  const look = { className: styles['freshness'], 'data-level': level };
  if (details === undefined) return <span {...look}>{text}</span>;
  return (
    <Tooltip label={details} events={{ hover: true, focus: true, touch: true }} multiline withArrow>
      <UnstyledButton {...look}>{text}</UnstyledButton>
    </Tooltip>
  );
}
