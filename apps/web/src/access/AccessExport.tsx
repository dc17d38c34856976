import { Button, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Drop } from '../states/Drop.js';
import { accessPath, type Parts } from './access-queries.js';

const FORMS = [
  { extension: 'csv', label: 'CSV' },
  { extension: 'jsonl', label: 'JSON Lines' },
] as const;

interface AccessExportProps {
  readonly integration: string;
  /** Of the API, below `access`: `reached-by`. */
  readonly question: string;
  readonly parts: Parts;
  /** What is in the file, as a sentence. */
  readonly children: string;
}

/** The rows of a list as a file, all of them. */
export function AccessExport({ integration, question, parts, children }: AccessExportProps) {
  return (
    <Drop label="Export" icon={IconDownload} name="Export" width={260} align="end">
      <Stack gap="xs" p="sm">
        <Text size="sm">{children}</Text>
        {FORMS.map(({ extension, label }) => (
          <Button
            key={extension}
            component="a"
            size="xs"
            variant="default"
            href={`/api${accessPath(integration, `${question}/export.${extension}`, parts)}`}
            download={`${question}.${extension}`}
          >
            {label}
          </Button>
        ))}
      </Stack>
    </Drop>
  );
}
