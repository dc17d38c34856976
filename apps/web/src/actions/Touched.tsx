import type { ResponseSubject } from '@castellan/api';
import { Text } from '@mantine/core';
import { SubjectLink, subjectKindWords } from '../findings/SubjectLink.js';

interface TouchedProps {
  readonly integration: string;
  readonly subject: Pick<ResponseSubject, 'kind' | 'key' | 'label'>;
}

/** What something is done to, and the way to its page. */
export function Touched({ integration, subject: { kind, key, label } }: TouchedProps) {
  const subject = { kind, key, label, detail: null, present: true };
  return (
    <Text size="sm" component="span" display="flex" style={{ gap: 6, flexWrap: 'wrap', alignItems: 'baseline' }}>
      <SubjectLink subject={subject} integration={{ id: integration, name: '' }} tab={undefined} />
      <Text size="xs" c="dimmed" component="span">
        {subjectKindWords(subject)}
      </Text>
    </Text>
  );
}
