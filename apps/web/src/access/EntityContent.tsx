import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { RecordResponse } from '../actions/RecordResponse.js';
import { Panel } from '../states/Panel.js';
import { NODE_LOOKS } from './node-looks.js';
import { AccessReviews } from './AccessReviews.js';
import { AccessList } from './AccessList.js';
import { AccountActivity } from './AccountActivity.js';
import { AccessChangesPart } from './AccessChangesPart.js';
import { DaysChoice, STANDARD_DAYS } from './DaysChoice.js';
import { SubjectFindings } from '../findings/SubjectFindings.js';
import type { EntityPart } from './entity-parts.js';
import { FillingRules } from './FillingRules.js';
import { GraphPart } from './GraphPart.js';
import { SignInWays } from './SignInWays.js';
import { Suggestions } from './Suggestions.js';
import { UnusedApplications } from './UnusedApplications.js';
import { UsePart } from './UsePart.js';
import type { Entity } from './use-entity.js';

interface EntityContentProps {
  readonly entity: Entity;
  readonly part: EntityPart;
}

/** The part of the page that is chosen. */
export function EntityContent({ entity, part: { content, title } }: EntityContentProps) {
  const { place } = entity;
  switch (content.form) {
    case 'list':
      return <AccessList entity={entity} part={content} title={title} />;
    case 'changes':
      return <AccessChangesPart entity={entity} others={content.others} />;
    case 'use':
      return <UsePart place={place} />;
    case 'sign-in':
      return <SignInWays place={place} />;
    case 'activity':
      return <AccountActivity place={place} />;
    case 'rules':
      return <FillingRules place={place} />;
    case 'suggestions':
      return (
        <OfDays entity={entity}>
          {(days) => <Suggestions integration={place.integration} application={place.key} days={days} />}
        </OfDays>
      );
    case 'unused':
      return (
        <OfDays entity={entity}>
          {(days) => <UnusedApplications integration={place.integration} group={place.key} days={days} />}
        </OfDays>
      );
    case 'reviews':
      return <AccessReviews place={place} />;
    case 'findings':
      return <SubjectFindings place={place} />;
    case 'respond':
      return (
        <Panel title="Respond">
          <RecordResponse place={{ ...place, kind: NODE_LOOKS[place.kind].record }} />
        </Panel>
      );
    case 'graph':
      return <GraphPart entity={entity} />;
  }
}

interface OfDaysProps {
  readonly entity: Entity;
  readonly children: (days: number) => ReactNode;
}

/** What depends on for how long something was not used, which is part of the address. */
function OfDays({ entity: { search, change }, children }: OfDaysProps) {
  const { unused: days = STANDARD_DAYS } = search;
  return (
    <Stack gap="sm" align="stretch">
      <div>
        <DaysChoice days={days} onChoose={(unused) => change({ unused }, true)} />
      </div>
      {children(days)}
    </Stack>
  );
}
