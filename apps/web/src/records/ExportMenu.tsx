import { MOST_EXPORTED_ROWS } from '@castellan/api';
import { Button, Select, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { Drop } from '../states/Drop.js';
import type { RecordKind } from './fields.js';
import { counted } from './kinds.js';
import { isNarrowed, narrowingQuery, type RecordSearch } from './record-search.js';

interface ExportMenuProps {
  readonly kind: RecordKind;
  readonly search: RecordSearch;
  /** `null`: not known. */
  readonly total: number | null;
}

const DAYS = [
  { value: '1', label: 'The last day' },
  { value: '7', label: 'The last 7 days' },
  { value: '30', label: 'The last 30 days' },
  { value: '90', label: 'The last 90 days' },
];

/** The same rows as a file, after it was said what will be in it. */
export function ExportMenu(props: ExportMenuProps) {
  return (
    <Drop label="Export" icon={IconDownload} name="Export" width={290} align="end">
      <ExportPanel {...props} />
    </Drop>
  );
}

/** Made whenever it is opened: a day ends now, and not when the page was opened. */
function ExportPanel({ kind, search, total }: ExportMenuProps) {
  const [days, setDays] = useState('7');
  const [now] = useState(Date.now);
  const asksSince = kind === 'activity' && search.since === undefined;
  const query = narrowingQuery(search);
  // The log has no end: its export says from when on.
  if (asksSince) query.set('since', new Date(now - Number(days) * 86_400_000).toISOString());
  const isTooLong = total !== null && !asksSince && total > MOST_EXPORTED_ROWS;
  return (
    <Stack gap="sm" p="sm">
      <Text size="sm">
        {asksSince || total === null ? 'Events' : counted(kind, total)}
        {isNarrowed(search) ? ', as searched and filtered here' : ''}, with every field, as CSV. By integration and key.
      </Text>
      {asksSince && (
        <Select
          label="Since when"
          data={DAYS}
          value={days}
          allowDeselect={false}
          // Inside of what is open: elsewhere a click on it would close that.
          comboboxProps={{ withinPortal: false }}
          onChange={(value) => setDays(value ?? '7')}
        />
      )}
      {isTooLong ? (
        <Text size="sm">
          A file holds at most {MOST_EXPORTED_ROWS.toLocaleString('en')} rows. Search, filter or choose one integration, so that
          fewer are left.
        </Text>
      ) : (
        <Button component="a" size="xs" href={`/api/records/${kind}/export.csv?${query}`} download={`${kind}.csv`}>
          Download
        </Button>
      )}
    </Stack>
  );
}
