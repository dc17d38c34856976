import type { PostureOverview } from '@castellan/api';
import { Group, Stack, Text } from '@mantine/core';
import { BarTable } from '../charts/BarTable.js';
import { WORST_FIRST } from '../findings/severities.js';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { AnchorLink } from '../shell/links.js';
import { Panel } from '../states/Panel.js';
import { scoreColor, scoreWords } from './posture-words.js';
import styles from './posture.module.css';

const STATUSES = ['failed', 'passed', 'unknown'] as const;

interface ScorePanelProps {
  readonly overview: PostureOverview;
  readonly integration: string | undefined;
}

/** One number for all of it, what it is made of, and what is to be worked through. */
export function ScorePanel({ overview, integration }: ScorePanelProps) {
  const { score, excepted, open } = overview;
  const of = integration === undefined ? {} : { integration };
  return (
    <Panel title="Score">
      <Group gap="xl" align="flex-start">
        <Stack gap={4}>
          <div className={styles['score']} data-color={scoreColor(score)}>
            <span className={styles['number']}>{scoreWords(score)}</span>{' '}
            <span className={styles['of']}>{score === null ? 'not known' : 'of 100'}</span>
          </div>
          <Text size="sm" component="div" className={styles['lines']}>
            {STATUSES.map((status) => (
              <AnchorLink key={status} to="/posture/checks" search={{ ...of, status }} size="sm">
                {checksWords(overview[status])} {status}
              </AnchorLink>
            ))}
            <AnchorLink to="/findings" search={{ ...of, source: 'posture', status: 'excepted' }} size="sm">
              {excepted.toLocaleString('en')} {excepted === 1 ? 'finding' : 'findings'} excepted
            </AnchorLink>
          </Text>
        </Stack>
        <div className={styles['open']}>
          <BarTable
            label="Findings to be worked through, by severity"
            heads={['Severity', 'Findings']}
            bars={WORST_FIRST.map((severity) => ({
              id: severity,
              count: open[severity],
              color: SEVERITY_LOOKS[severity].color,
              name: (
                <AnchorLink to="/findings" search={{ ...of, source: 'posture', severity }} size="sm">
                  {SEVERITY_LOOKS[severity].word}
                </AnchorLink>
              ),
            }))}
          />
        </div>
      </Group>
      <Text size="xs" c="dimmed">
        A check that fails takes away by its severity and by the share that it names. What is unknown counts neither way, and
        neither does what is excepted.
      </Text>
    </Panel>
  );
}

function checksWords(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'check' : 'checks'}`;
}
