import type { FindingView } from '@castellan/api';
import { Text } from '@mantine/core';
import { isNodeKind, NODE_LOOKS } from '../access/node-looks.js';
import { isKind, kindOf } from '../records/kinds.js';
import { AnchorLink } from '../shell/links.js';

type Of = Pick<FindingView, 'subject' | 'integration'>;

/** `person`, `API token`, `organisation`. */
export function subjectKindWords({ kind }: FindingView['subject']): string {
  if (isNodeKind(kind)) return NODE_LOOKS[kind].one;
  return isKind(kind) ? kindOf(kind).one : kind.replaceAll('_', ' ');
}

interface SubjectLinkProps extends Of {
  /** Part of the page of who or what has access; `undefined`: the first. */
  readonly tab?: string | undefined;
}

/** What a finding is about, and the way to its page: of who or what has access, or its record, or its integration. */
export function SubjectLink({ subject, integration, ...page }: SubjectLinkProps) {
  const tab = 'tab' in page ? page.tab : 'findings';
  const { kind, key, label, present } = subject;
  const of = integration.id;
  const look = { size: 'sm', display: 'block', ...(!present && { td: 'line-through' }) } as const;
  if (isNodeKind(kind))
    return (
      <AnchorLink
        to="/access/$integration/$kind/$key"
        params={{ integration: of, kind, key }}
        search={tab === undefined ? {} : { tab }}
        {...look}
      >
        {label}
      </AnchorLink>
    );
  if (isKind(kind))
    return (
      <AnchorLink to="/records/$kind" params={{ kind }} search={{ key, of }} {...look}>
        {label}
      </AnchorLink>
    );
  if (kind === 'organisation')
    return (
      <AnchorLink to="/integrations/$id" params={{ id: of }} {...look}>
        {label}
      </AnchorLink>
    );
  return <Text size="sm">{label}</Text>;
}
