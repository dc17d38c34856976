import { Button, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Drop } from '../states/Drop.js';

const FORMS = [
  { ending: 'csv', label: 'CSV' },
  { ending: 'jsonl', label: 'JSON Lines' },
] as const;

interface ExportFilesProps {
  /** Of the file, without its ending. */
  readonly name: string;
  /** Below `/api`. */
  readonly pathOf: (ending: string) => string;
  /** What is in the file, as a sentence. */
  readonly children: string;
}

/** The rows of a list as a file, all of them. */
export function ExportFiles({ name, pathOf, children }: ExportFilesProps) {
  return (
    <Drop label="Export" icon={IconDownload} name="Export" width={260} align="end">
      <Stack gap="xs" p="sm">
        <Text size="sm">{children}</Text>
        {FORMS.map(({ ending, label }) => (
          <Button
            key={ending}
            component="a"
            size="xs"
            variant="default"
            href={`/api${pathOf(ending)}`}
            download={`${name}.${ending}`}
          >
            {label}
          </Button>
        ))}
      </Stack>
    </Drop>
  );
}
