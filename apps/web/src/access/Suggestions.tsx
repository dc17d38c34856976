import type { RemovalSuggestion, UsageCoverage } from '@castellan/api';
import { Button, Checkbox, Group, Stack, Table, Text } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActDialog, type Chosen } from '../actions/ActDialog.js';
import { offeredQuery } from '../actions/action-queries.js';
import { NotGranted } from '../actions/NotGranted.js';
import { assignmentOf, takingAway } from '../actions/taking-away.js';
import { AnchorLink } from '../shell/links.js';
import { useNow } from '../states/now.js';
import { Ago } from '../states/Ago.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { SmallTable } from '../states/SmallTable.js';
import { AccessExport } from './AccessExport.js';
import { suggestionsQuery } from './access-queries.js';
import { sinceWords } from './link-words.js';
import { NodeChip } from './NodeChip.js';
import { nodeId } from './node-looks.js';
import { TakeAwayMany } from './TakeAwayMany.js';
import { useMay } from '../session/session.js';
import { TakeAway } from './TakeAway.js';
import { whyWords } from './suggestion-words.js';
import { listCoverageSentence, notUsedWords, shortLogWords } from './usage-words.js';
import { Loading } from '../states/Loading.js';

interface SuggestionsProps {
  readonly integration: string;
  /** Key of the application. */
  readonly application: string;
  readonly days: number;
}

/** Assignments of an application that nobody needs who has it, as far as was observed. */
export function Suggestions({ integration, application, days }: SuggestionsProps) {
  const { data, error, refetch } = useQuery(suggestionsQuery(integration, application, days));
  const now = useNow();
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading height={200} />;
  const { items, coverage } = data;
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="flex-start" gap="xs">
        <Text size="sm" c="dimmed" maw={720}>
          Assignments that can be taken away: first those that nobody who would lose the application was seen to use for {days}{' '}
          days, then those that few did. Each is counted by itself: to take away two together may break more, so look here again
          after each. {listCoverageSentence(coverage)}
          {shortLogWords(coverage, days, now)}
        </Text>
        <AccessExport integration={integration} question="suggestions" parts={{ application, days }}>
          All suggestions for this application.
        </AccessExport>
      </Group>
      {items.length === 0 ? (
        <Empty icon={IconBulb} title="No suggestion">
          {coverage === null
            ? 'Where use is not known nothing can be suggested.'
            : 'Each assignment of it is used by more than a few of those who would lose it.'}
        </Empty>
      ) : (
        <SuggestionTable integration={integration} items={items} days={days} coverage={coverage} />
      )}
    </Stack>
  );
}

/** Rows that are shown at first. */
const FIRST = 12;

interface SuggestionTableProps {
  readonly integration: string;
  readonly items: readonly RemovalSuggestion[];
  readonly days: number;
  readonly coverage: UsageCoverage | null;
}

function SuggestionTable({ integration, items, days, coverage }: SuggestionTableProps) {
  const [isWhole, setIsWhole] = useState(false);
  const [chosen, setChosen] = useState<Chosen>();
  const mayAsk = useMay('actions:request');
  const { data: offered } = useQuery({ ...offeredQuery(integration), enabled: mayAsk });
  const takers = items.flatMap(
    (suggestion) => takingAway(offered?.items ?? [], 'app_assignment', assignmentOf(suggestion))?.action ?? [],
  );
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const select = (id: string, isSelected: boolean): void =>
    setSelected(new Set([...selected, id].filter((one) => isSelected || one !== id)));
  const now = useNow();
  const shown = isWhole ? items : items.slice(0, FIRST);
  const more = items.length - shown.length;
  return (
    <>
      {mayAsk && <NotGranted integration={integration} actions={takers} />}
      <TakeAwayMany integration={integration} selected={items.filter(({ principal }) => selected.has(nodeId(principal)))} />
      <SmallTable
        label="Assignments that can go"
        heads={['Given to', 'Since', 'Reach it so', 'Would lose it', 'Why it can go', 'Last used', '-What can be done']}
        minWidth={860}
        hasActions={false}
        narrow="cards"
      >
        {shown.map((suggestion) => (
          <Table.Tr key={nodeId(suggestion.principal)}>
            <Table.Td>
              <Group gap={6} wrap="nowrap">
                {mayAsk && (
                  <Checkbox
                    size="xs"
                    aria-label={`Select ${suggestion.principal.label}`}
                    checked={selected.has(nodeId(suggestion.principal))}
                    onChange={({ currentTarget: { checked } }) => select(nodeId(suggestion.principal), checked)}
                  />
                )}
                <NodeChip integration={integration} node={suggestion.principal} at={undefined} />
              </Group>
            </Table.Td>
            <Table.Td>{sinceWords(suggestion, now)}</Table.Td>
            <Table.Td>{suggestion.accounts.toLocaleString('en')}</Table.Td>
            <Table.Td>{suggestion.losing.toLocaleString('en')}</Table.Td>
            <Table.Td>
              {whyWords(suggestion, days)} {suggestion.breaking > 0 && <WhoUsesIt integration={integration} {...suggestion} />}
            </Table.Td>
            <Table.Td>
              {suggestion.lastAt !== null && <Ago at={suggestion.lastAt} />}
              {suggestion.lastAt === null && coverage !== null && <span title={notUsedWords(coverage)}>Not used</span>}
            </Table.Td>
            <Table.Td>
              <TakeAway integration={integration} suggestion={suggestion} onChoose={setChosen} />
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
      {more > 0 && (
        <Button variant="default" size="xs" onClick={() => setIsWhole(true)}>
          and {more.toLocaleString('en')} more
        </Button>
      )}
      <ActDialog chosen={chosen} onClose={() => setChosen(undefined)} />
    </>
  );
}

/** Leads to those who come through a group, who has used it last first. */
function WhoUsesIt({ integration, principal, application }: RemovalSuggestion & { readonly integration: string }) {
  return (
    <AnchorLink
      to="/access/$integration/$kind/$key"
      params={{ integration, kind: application.kind, key: application.key }}
      search={{ via: principal.key, sort: '-lastUsed' }}
    >
      See who
    </AnchorLink>
  );
}
