import type { ResponseRole, ResponseSubject } from '@castellan/api';
import { Group, Text } from '@mantine/core';
import { subjectKindWords } from '../findings/SubjectLink.js';
import { ROLE_WORDS } from './action-words.js';

interface SubjectTitleProps {
  readonly subject: ResponseSubject;
  readonly role?: ResponseRole;
}

/** Who or what, and why it is named. */
export function SubjectTitle({ subject, role }: SubjectTitleProps) {
  const { label, detail } = subject;
  const kind = subjectKindWords({ ...subject, present: true });
  const facts = [detail === label ? null : detail, kind, role === undefined ? null : ROLE_WORDS[role]];
  return (
    <Group gap="0 8px" align="baseline">
      <Text size="sm" fw={550} component="span" style={{ overflowWrap: 'anywhere' }}>
        {label}
      </Text>
      <Text size="xs" c="dimmed" component="span">
        {facts.filter((fact) => fact !== null).join(' · ')}
      </Text>
    </Group>
  );
}
