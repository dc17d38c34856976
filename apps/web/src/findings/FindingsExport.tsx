import { Button, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Drop } from '../states/Drop.js';
import { findingsParts, type FindingsSearch } from './findings-search.js';

const FORMS = [
  { ending: 'csv', label: 'CSV' },
  { ending: 'jsonl', label: 'JSON Lines' },
  { ending: 'ocsf', label: 'OCSF 1.8 (JSON Lines)' },
] as const;

/** All that is listed as a file, the worst first. */
export function FindingsExport({ search: { sort: _sort, ...search } }: { readonly search: FindingsSearch }) {
  const query = findingsParts(search);
  return (
    <Drop label="Export" icon={IconDownload} name="Export" width={260} align="end">
      <Stack gap="xs" p="sm">
        <Text size="sm">All findings of this list with their evidence, as filtered here, the worst first.</Text>
        {FORMS.map(({ ending, label }) => (
          <Button
            key={ending}
            component="a"
            size="xs"
            variant="default"
            href={`/api/findings/export.${ending}?${query}`}
            download={`findings.${ending === 'ocsf' ? 'jsonl' : ending}`}
          >
            {label}
          </Button>
        ))}
      </Stack>
    </Drop>
  );
}
