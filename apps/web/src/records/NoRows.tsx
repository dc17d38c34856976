import { Anchor, Button } from '@mantine/core';
import { IconDatabase, IconSearchOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { Empty } from '../states/Empty.js';
import type { RecordKind } from './fields.js';
import { decapitalised, kindOf } from './kinds.js';
import { isNarrowed, widened } from './record-search.js';
import { useIsRead } from './use-is-read.js';
import type { Records } from './use-records.js';

/** Why a table is empty, and the way out. */
export function NoRows({ kind, records }: { readonly kind: RecordKind; readonly records: Records }) {
  const { search, set, change } = records;
  const many = decapitalised(kindOf(kind).many);
  const { data: integrations } = useQuery(integrationsQuery);
  const isRead = useIsRead();
  if (isNarrowed(search))
    return (
      <Empty
        icon={IconSearchOff}
        title="Nothing matches"
        action={
          <Button variant="default" onClick={() => set(widened)}>
            Clear search and filters
          </Button>
        }
      >
        None of the {many} has all that was asked for.
      </Empty>
    );
  if (search.removed === 'true')
    return (
      <Empty
        icon={IconDatabase}
        title={`No former ${many}`}
        action={
          <Button variant="default" onClick={() => change({ removed: undefined })}>
            Show those that are there
          </Button>
        }
      >
        None that was ever read here has gone.
      </Empty>
    );
  const isConnected = integrations === undefined || integrations.length > 0;
  return (
    <Empty
      icon={IconDatabase}
      title={isConnected && !isRead(kind) ? 'Not read' : 'Nothing was collected yet'}
      action={
        <Anchor component={Link} to="/integrations" size="sm">
          See the integrations
        </Anchor>
      }
    >
      {whyNone(isConnected, isRead(kind), many)}
    </Empty>
  );
}

function whyNone(isConnected: boolean, isRead: boolean, many: string): string {
  if (!isConnected) return `Nothing is connected yet that ${many} could be read from.`;
  return isRead
    ? `No integration has read any ${many} yet. It may be reading just now, or lack the right to.`
    : `No integration reads ${many}: it is not asked to by its settings, or cannot. That there are none at the provider is not known.`;
}
