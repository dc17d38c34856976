import { Button, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { AccessNodeKind } from '@castellan/api';
import { Drop } from '../states/Drop.js';
import { dateWords } from '../states/time-words.js';
import { accessPath, listParts } from './access-queries.js';
import type { ListPart } from './entity-parts.js';
import { listPartsOf } from './list-parts.js';
import { NODE_LOOKS } from './node-looks.js';
import type { Entity } from './use-entity.js';

const FORMS = [
  { extension: 'csv', label: 'CSV' },
  { extension: 'jsonl', label: 'JSON Lines' },
] as const;

interface AccessExportProps {
  readonly entity: Entity;
  readonly part: ListPart;
  readonly kind: AccessNodeKind;
}

/** The rows of the list as a file, all of them. */
export function AccessExport({ entity: { place, search }, part, kind }: AccessExportProps) {
  const { sort: _sort, ...narrowing } = listPartsOf(search, part.direction, kind);
  const parts = listParts(place, part.direction, kind, narrowing);
  const many = NODE_LOOKS[kind].many.toLowerCase();
  return (
    <Drop label="Export" icon={IconDownload} name="Export" width={260} align="end">
      <Stack gap="xs" p="sm">
        <Text size="sm">
          All {many} of this list, as searched and filtered here
          {search.at !== undefined && `, as of ${dateWords(Date.parse(search.at) - 1)}`}.
        </Text>
        {FORMS.map(({ extension, label }) => (
          <Button
            key={extension}
            component="a"
            size="xs"
            variant="default"
            href={`/api${accessPath(place.integration, `${part.direction}/export.${extension}`, parts)}`}
            download={`${part.direction}.${extension}`}
          >
            {label}
          </Button>
        ))}
      </Stack>
    </Drop>
  );
}
