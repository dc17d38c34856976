import type { DryRunMatch, DryRunView } from '@castellan/api';
import { Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { Look } from '../states/Look.js';
import { Panel } from '../states/Panel.js';
import { SmallTable } from '../states/SmallTable.js';
import { dateWords } from '../states/time-words.js';
import type { useDryRun } from './detection-queries.js';
import { HitsByDay } from './HitsByDay.js';
import { countedHits, elsewhereWords } from './rule-words.js';
import { countedEvents } from '../incidents/incident-words.js';
import styles from './detection.module.css';

const SPANS = ['1', '7', '30', '90'].map((days) => ({ value: days, label: days === '1' ? 'Last day' : `Last ${days} days` }));
/** Beside the text there is room for some; the numbers are of all. */
const MOST_SHOWN = 20;

interface DryRunPanelProps {
  readonly run: ReturnType<typeof useDryRun>;
  readonly content: string;
  /** Of the file, as it is typed. */
  readonly name: string;
}

/** What the rules would have found in the log that is stored, before they are in use. */
export function DryRunPanel({ run, content, name }: DryRunPanelProps) {
  const [days, setDays] = useState('30');
  const { data, error, isPending, variables } = run;
  return (
    <Panel
      title="Try it"
      aside={
        <Group gap={6}>
          <Select
            size="xs"
            w={130}
            aria-label="How far back"
            allowDeselect={false}
            data={SPANS}
            value={days}
            onChange={(chosen) => setDays(chosen ?? '30')}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            loading={isPending}
            disabled={content.trim() === ''}
            onClick={() => run.mutate({ content, ...(name.trim() !== '' && { name: name.trim() }), days: Number(days) })}
          >
            Try on the log
          </Button>
        </Group>
      }
    >
      {error !== null && <Failed error={error} />}
      {data === undefined && error === null && (
        <Text size="sm" c="dimmed">
          {isPending
            ? 'The log is read. That takes seconds, with many events up to half a minute.'
            : 'What these rules would have found in the log that is stored. Nothing is kept of it, and nobody is told.'}
        </Text>
      )}
      {data !== undefined && (
        <Stack gap="sm">
          {variables?.content !== content && (
            <Text size="sm" c="var(--castellan-amber)">
              The text has changed since: try it again.
            </Text>
          )}
          <Result result={data} days={variables?.days ?? 30} />
        </Stack>
      )}
    </Panel>
  );
}

function Result({ result, days }: { readonly result: DryRunView; readonly days: number }) {
  const { events, from, isCut, elsewhere, rules, matches } = result;
  const untried = elsewhereWords(elsewhere);
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {countedEvents(events)} since {dateWords(Date.parse(from))} {events === 1 ? 'was' : 'were'} looked at.
        {isCut && ' That is not all that was asked for: there were too many, or it took too long.'}
        {rules.length === 0 && ' No rule could be tried.'}
      </Text>
      {untried !== undefined && (
        <Text size="sm" c="var(--castellan-amber)">
          {untried}
        </Text>
      )}
      {rules.map(({ id, title, hits, byDay }) => (
        <div key={id}>
          <Group justify="space-between" gap="xs">
            <Text size="sm" fw={550}>
              {title}
            </Text>
            <Text size="sm">{countedHits(hits)}</Text>
          </Group>
          <HitsByDay label={title} days={byDay} span={days} height={44} />
        </div>
      ))}
      {matches.length > 0 && <Matches matches={matches} isOfSeveral={rules.length > 1} />}
    </>
  );
}

interface MatchesProps {
  readonly matches: readonly DryRunMatch[];
  /** More than one rule was tried. */
  readonly isOfSeveral: boolean;
}

function Matches({ matches, isOfSeveral }: MatchesProps) {
  const shown = matches.slice(0, MOST_SHOWN);
  return (
    <>
      <SmallTable label="Latest matches" heads={['Who', 'When', '-Event']} minWidth={380} narrow="lines">
        {shown.map((match, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike, and they never move
          <Table.Tr key={index}>
            <Table.Td className={styles['match']}>
              {match.actor ?? (Object.values(match.group).join(', ') || 'nobody in particular')}
              <Group gap="4px 12px">
                <Look look={SEVERITY_LOOKS[match.level]} />
                {/* Of one rule it stands above. */}
                {isOfSeveral && (
                  <Text size="xs" c="dimmed">
                    {match.rule.title}
                  </Text>
                )}
              </Group>
            </Table.Td>
            <Table.Td className={styles['nowrap']}>
              <Ago at={match.at} />
            </Table.Td>
            <Table.Td>
              <EventLink match={match} />
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
      {shown.length < matches.length && (
        <Text size="xs" c="dimmed">
          The latest {shown.length} are shown.
        </Text>
      )}
    </>
  );
}

/** In a tab of its own: what is being written is not left. */
function EventLink({ match: { events, integration, at } }: { readonly match: DryRunMatch }) {
  const [first] = events;
  if (first === undefined) return null;
  return (
    <AnchorLink
      to="/records/$kind"
      params={{ kind: 'activity' }}
      search={{ key: first, of: integration.id, tab: 'source' }}
      target="_blank"
      size="xs"
      className={styles['nowrap']}
      aria-label={`First event of ${at} (opens in a new tab)`}
    >
      Event ↗
    </AnchorLink>
  );
}
