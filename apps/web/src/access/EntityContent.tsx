import { AccessReviews } from './AccessReviews.js';
import { AccessList } from './AccessList.js';
import { AccountActivity } from './AccountActivity.js';
import { AccessChangesPart } from './AccessChangesPart.js';
import type { EntityPart } from './entity-parts.js';
import { FillingRules } from './FillingRules.js';
import { GraphPart } from './GraphPart.js';
import { SignInWays } from './SignInWays.js';
import { Suggestions } from './Suggestions.js';
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
      return <Suggestions integration={place.integration} application={place.key} days={entity.search.unused} />;
    case 'reviews':
      return <AccessReviews place={place} />;
    case 'graph':
      return <GraphPart entity={entity} />;
  }
}
