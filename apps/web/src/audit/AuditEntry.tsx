import type { AuditEntryView } from '@castellan/api';
import { UnstyledButton } from '@mantine/core';
import { IconBan, IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { auditWords } from './audit-words.js';
import styles from './audit.module.css';
import { AuditDetails } from './AuditDetails.js';

const REFUSED = { icon: IconBan, word: 'Refused', color: 'red' } as const;

export function AuditEntry({ entry }: { readonly entry: AuditEntryView }) {
  const [isOpen, setIsOpen] = useState(false);
  const details = useId();
  return (
    <li className={styles['entry']}>
      <UnstyledButton
        className={styles['line']}
        aria-expanded={isOpen}
        aria-controls={details}
        onClick={() => setIsOpen(!isOpen)}
      >
        <IconChevronRight size={16} aria-hidden className={styles['arrow']} />
        <span className={styles['sentence']}>
          {auditWords(entry).map(({ text, isName }, index) => (isName ? <strong key={index}>{text}</strong> : text))}
        </span>
        {entry.outcome === 'refused' && <Look look={REFUSED} />}
        <span className={styles['when']}>
          <Ago at={entry.at} />
        </span>
      </UnstyledButton>
      <div id={details}>{isOpen && <AuditDetails entry={entry} />}</div>
    </li>
  );
}
