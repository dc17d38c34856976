import { Stack } from '@mantine/core';
import { UnknownPage } from '../states/UnknownPage.js';
import { AsOfBanner } from './AsOfBanner.js';
import { EntityContent } from './EntityContent.js';
import { EntityHead } from './EntityHead.js';
import { EntityTabs } from './EntityTabs.js';
import { ENTITY_PARTS } from './entity-parts.js';
import { nodeId } from './node-looks.js';
import { useEntity } from './use-entity.js';

/** One of an organisation: who reaches it or what it reaches, why, since when, and whether that is used. */
export function EntityPage() {
  const entity = useEntity();
  if (entity === null) return <UnknownPage />;
  const { place, search } = entity;
  const parts = ENTITY_PARTS[place.kind];
  const part = parts.find(({ name }) => name === search.tab) ?? parts[0];
  return (
    // Somebody else is another page: nothing of what was looked at stays.
    <Stack gap={0} key={`${place.integration} ${nodeId(place)}`}>
      <EntityHead entity={entity} />
      <AsOfBanner entity={entity} part={part} />
      <EntityTabs place={place} at={search.at} chosen={part?.name} />
      {part !== undefined && <EntityContent key={part.name} entity={entity} part={part} />}
    </Stack>
  );
}
