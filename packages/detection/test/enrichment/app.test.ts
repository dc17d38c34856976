import { saidOf } from './said-of.js';
import { Enricher } from '../../src/enrichment/enricher.js';
import { HistoriesInMemory } from '../../src/enrichment/memory.js';
import { networksOf } from '../../src/enrichment/networks.js';
import { readEvent } from '../../src/log-event.js';

const noNetworks = networksOf([]);
const enricher = new Enricher({
  known: { account: () => undefined, group: () => undefined },
  memory: new HistoriesInMemory(),
  ownNetworks: noNetworks,
  threats: noNetworks,
});

test('the application of an event is known where there is one, whatever stands before it, and not where there are two', () => {
  const app = (id: string) => ({ id, type: 'AppInstance' });
  const enriched = (...target: readonly object[]): unknown => {
    const event = readEvent({ uuid: '1', published: '2026-11-02T09:00:00.000Z', eventType: 'a', target });
    return event === undefined ? undefined : saidOf(enricher, event);
  };
  expect(enriched({ id: 'u', type: 'AppUser' }, app('one'))).toMatchObject({ app: { id: 'one' } });
  expect(enriched(app('one'), app('one'))).toMatchObject({ app: { id: 'one' } });
  expect(enriched(app('one'), app('two'))).not.toHaveProperty('app');
});
