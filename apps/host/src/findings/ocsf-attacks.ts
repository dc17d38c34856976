import { ATTACK_VERSION, attackFacts, type Tactic, TECHNIQUES } from '@castellan/detection';

/** Ids of the tactics of MITRE ATT&CK (Enterprise). */
const TACTIC_IDS: Readonly<Record<Tactic, string>> = {
  Reconnaissance: 'TA0043',
  'Resource Development': 'TA0042',
  'Initial Access': 'TA0001',
  Execution: 'TA0002',
  Persistence: 'TA0003',
  'Privilege Escalation': 'TA0004',
  'Defense Evasion': 'TA0005',
  'Credential Access': 'TA0006',
  Discovery: 'TA0007',
  'Lateral Movement': 'TA0008',
  Collection: 'TA0009',
  'Command and Control': 'TA0011',
  Exfiltration: 'TA0010',
  Impact: 'TA0040',
};

const NAMES = new Map(TECHNIQUES.map(({ id, name }) => [id, name]));

/**
 * What the tags of a rule say, as objects `attack` of OCSF: one for each technique and each of its tactics that the rule means,
 * since `tactics` is deprecated there; and one for each tactic that none of its techniques has.
 */
export function ocsfAttacks(tags: readonly string[]): readonly object[] {
  const { techniques, tactics } = attackFacts(tags);
  const ofTechniques = techniques.flatMap((technique) => {
    const meant = technique.tactics.filter((tactic) => tactics.includes(tactic));
    return (meant.length === 0 ? technique.tactics : meant).map((tactic) => attack(tactic, techniqueOf(technique.id)));
  });
  const alone = tactics.filter((tactic) => !techniques.some((technique) => technique.tactics.includes(tactic)));
  return [...ofTechniques, ...alone.map((tactic) => attack(tactic, {}))];
}

function attack(tactic: Tactic, technique: object): object {
  return { version: ATTACK_VERSION, tactic: { uid: TACTIC_IDS[tactic], name: tactic }, ...technique };
}

function techniqueOf(id: string): object {
  const [parent = id] = id.split('.');
  const named = (uid: string) => ({ uid, name: NAMES.get(uid) ?? uid });
  return { technique: named(parent), ...(parent !== id && { sub_technique: named(id) }) };
}
