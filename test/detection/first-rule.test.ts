import { readRules, RuleSet } from '@castellan/detection';
import { type Org, playScenario, startSimulator } from '@castellan/okta-simulator';
import { firstRule, newRuleId } from '../../apps/web/src/detection/first-rule.js';

const EPOCH = new Date('2026-11-26T00:00:00Z');
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;

/** As the demo makes it, but smaller. */
async function organisation(): Promise<Org> {
  const { org, close } = await startSimulator({ users: 200, groups: 20, apps: 20, epoch: EPOCH });
  await close();
  playScenario(org, 'help-desk-takeover', { at: new Date(EPOCH.getTime() + 5_400_000) });
  return org;
}

test.each(['okta', undefined])('the rule that a new file begins with runs as it is, for product %s', async (product) => {
  const { detections, problems } = readRules([{ name: 'own.yml', text: firstRule(product, newRuleId()) }], {}, 'okta');
  expect(problems).toEqual([]);
  expect(detections.map(({ id }) => id)).toEqual([expect.stringMatching(UUID)]);
  const { log } = await organisation();
  const rules = new RuleSet(detections);
  let [found, granted] = [0, 0];
  for (let index = 0; index < log.length; index += 1) {
    const event = log.eventAt(index);
    rules.match(event, () => (found += 1));
    if (/"eventType":"user\.account\.privilege\.grant"/.test(JSON.stringify(event))) granted += 1;
  }
  expect(granted).toBeGreaterThan(0);
  expect(found).toBe(granted);
});

test('no two rules that are begun are the same', () => {
  expect(newRuleId()).not.toBe(newRuleId());
});
