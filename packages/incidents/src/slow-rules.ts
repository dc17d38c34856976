import type { RulesTooSlow, SlowRule } from '@castellan/detection';
import { type AuditActor, oneAtATime, type Storage, switchOffSlowRule } from '@castellan/storage';

const HOST: AuditActor = { kind: 'host', id: null, name: 'Castellan' };

/** Switches off rules that took too long, and tells whoever looks at them why. In the caller's transaction. @returns their titles */
export async function switchOff(
  { queries, audit }: Pick<Storage, 'queries' | 'audit'>,
  workspaceId: string,
  { rules, measuredMs }: RulesTooSlow,
): Promise<readonly string[]> {
  await oneAtATime(queries, workspaceId);
  for (const slow of rules) {
    const { id, title } = slow.rule;
    const reason = reasonOf(slow, measuredMs);
    await switchOffSlowRule(queries, workspaceId, id, reason, HOST);
    await audit.append({
      workspaceId,
      actor: HOST,
      address: null,
      action: 'rule.settings',
      outcome: 'done',
      target: { kind: 'rule', id, name: title },
      after: { enabled: false, reason },
    });
  }
  return rules.map(({ rule }) => rule.title);
}

function reasonOf({ ms }: SlowRule, measuredMs: number): string {
  const share = Math.max(1, Math.round((100 * ms) / measuredMs));
  return `It took ${share}% of the time of a batch that took too long, so that no event is held against it. Write plainer expressions or fewer values, and switch it on again.`;
}
