import type { Org } from '../org/org.js';
import { rulesOf } from '../org/setting-lists.js';
import { groupId } from './groups.js';
import { makeId } from './ids.js';
import type { GeneratorPlan } from './plan.js';
import { daysBefore } from './plan.js';
import type { PolicyBlueprint } from './policy-blueprints.js';
import { POLICIES, policyId } from './policy-blueprints.js';

const everyoneOf = (plan: GeneratorPlan): readonly string[] => (plan.groups > 0 ? [groupId(plan, 0)] : []);

/** Some policies of each usual type, with their rules. */
export function generatePolicies(org: Org, plan: GeneratorPlan): void {
  for (const [index, blueprint] of POLICIES.entries()) {
    const { name, type, system = false, settings } = blueprint;
    const id = policyId(plan, index);
    const self = `${org.links.base}/api/v1/policies/${id}`;
    const times = { created: daysBefore(plan, 900 - index), lastUpdated: daysBefore(plan, 90 + index) };
    const kept = settings ? { settings } : {};
    const links = { self: { href: self }, rules: { href: `${self}/rules` } };
    const status = { status: 'ACTIVE', priority: system ? 99 : 1, system };
    const conditions = blueprint.conditions?.(plan, everyoneOf(plan)) ?? null;
    org
      .list('policies')
      .set(id, { id, name, description: name, type, ...status, conditions, ...times, ...kept, _links: links });
    generateRules(org, plan, index, blueprint);
  }
}

function generateRules(org: Org, plan: GeneratorPlan, index: number, { system = false, rules }: PolicyBlueprint): void {
  const policy = policyId(plan, index);
  const times = { created: daysBefore(plan, 900 - index), lastUpdated: daysBefore(plan, 90 + index) };
  for (const [position, { conditions, ...rule }] of rules.entries()) {
    const id = makeId('0pr', plan.seed, 400_000_000 + index * 10 + position);
    const last = position === rules.length - 1;
    const fields = {
      status: 'ACTIVE',
      priority: position + 1,
      system: system && last,
      conditions: conditions?.(plan, everyoneOf(plan)) ?? null,
    };
    const _links = { self: { href: `${org.links.base}/api/v1/policies/${policy}/rules/${id}` } };
    org.list(rulesOf(policy)).set(id, { id, ...rule, ...fields, ...times, _links });
  }
}
