/** Which edition of MITRE ATT&CK (Enterprise) these facts are of: names and tactics change between editions. */
export const ATTACK_VERSION = '18.1';

/** In the order in which ATT&CK shows them. */
export const TACTICS = [
  'Reconnaissance',
  'Resource Development',
  'Initial Access',
  'Execution',
  'Persistence',
  'Privilege Escalation',
  'Defense Evasion',
  'Credential Access',
  'Discovery',
  'Lateral Movement',
  'Collection',
  'Command and Control',
  'Exfiltration',
  'Impact',
] as const;
export type Tactic = (typeof TACTICS)[number];

export interface Technique {
  /** `T1556.006` */
  readonly id: string;
  /** Of one that is part of another its own name alone: `Multi-Factor Authentication`. */
  readonly name: string;
  readonly tactics: readonly Tactic[];
}

const of = (id: string, name: string, ...tactics: readonly Tactic[]): Technique => ({ id, name, tactics });

/** Those that our rules are about, and those that they are part of. */
export const TECHNIQUES: readonly Technique[] = [
  of('T1021', 'Remote Services', 'Lateral Movement'),
  of('T1021.007', 'Cloud Services', 'Lateral Movement'),
  of('T1059', 'Command and Scripting Interpreter', 'Execution'),
  of('T1059.009', 'Cloud API', 'Execution'),
  of('T1078', 'Valid Accounts', 'Initial Access', 'Persistence', 'Privilege Escalation', 'Defense Evasion'),
  of('T1078.004', 'Cloud Accounts', 'Initial Access', 'Persistence', 'Privilege Escalation', 'Defense Evasion'),
  of('T1087', 'Account Discovery', 'Discovery'),
  of('T1087.004', 'Cloud Account', 'Discovery'),
  of('T1090', 'Proxy', 'Command and Control'),
  of('T1090.003', 'Multi-hop Proxy', 'Command and Control'),
  of('T1098', 'Account Manipulation', 'Persistence', 'Privilege Escalation'),
  of('T1098.001', 'Additional Cloud Credentials', 'Persistence', 'Privilege Escalation'),
  of('T1098.003', 'Additional Cloud Roles', 'Persistence', 'Privilege Escalation'),
  of('T1098.005', 'Device Registration', 'Persistence', 'Privilege Escalation'),
  of('T1110', 'Brute Force', 'Credential Access'),
  of('T1110.001', 'Password Guessing', 'Credential Access'),
  of('T1110.003', 'Password Spraying', 'Credential Access'),
  of('T1110.004', 'Credential Stuffing', 'Credential Access'),
  of('T1111', 'Multi-Factor Authentication Interception', 'Credential Access'),
  of('T1136', 'Create Account', 'Persistence'),
  of('T1136.003', 'Cloud Account', 'Persistence'),
  of('T1185', 'Browser Session Hijacking', 'Collection'),
  of('T1199', 'Trusted Relationship', 'Initial Access'),
  of('T1213', 'Data from Information Repositories', 'Collection'),
  of('T1484', 'Domain or Tenant Policy Modification', 'Privilege Escalation', 'Defense Evasion'),
  of('T1484.002', 'Trust Modification', 'Privilege Escalation', 'Defense Evasion'),
  of('T1489', 'Service Stop', 'Impact'),
  of('T1498', 'Network Denial of Service', 'Impact'),
  of('T1499', 'Endpoint Denial of Service', 'Impact'),
  of('T1528', 'Steal Application Access Token', 'Credential Access'),
  of('T1531', 'Account Access Removal', 'Impact'),
  of('T1538', 'Cloud Service Dashboard', 'Discovery'),
  of('T1539', 'Steal Web Session Cookie', 'Credential Access'),
  of('T1550', 'Use Alternate Authentication Material', 'Defense Evasion', 'Lateral Movement'),
  of('T1550.001', 'Application Access Token', 'Defense Evasion', 'Lateral Movement'),
  of('T1550.004', 'Web Session Cookie', 'Defense Evasion', 'Lateral Movement'),
  of('T1552', 'Unsecured Credentials', 'Credential Access'),
  of('T1555', 'Credentials from Password Stores', 'Credential Access'),
  of('T1556', 'Modify Authentication Process', 'Persistence', 'Defense Evasion', 'Credential Access'),
  of('T1556.006', 'Multi-Factor Authentication', 'Persistence', 'Defense Evasion', 'Credential Access'),
  of('T1556.007', 'Hybrid Identity', 'Persistence', 'Defense Evasion', 'Credential Access'),
  of('T1556.009', 'Conditional Access Policies', 'Persistence', 'Defense Evasion', 'Credential Access'),
  of('T1557', 'Adversary-in-the-Middle', 'Credential Access', 'Collection'),
  of('T1562', 'Impair Defenses', 'Defense Evasion'),
  of('T1562.007', 'Disable or Modify Cloud Firewall', 'Defense Evasion'),
  of('T1562.008', 'Disable or Modify Cloud Logs', 'Defense Evasion'),
  of('T1566', 'Phishing', 'Initial Access'),
  of('T1566.002', 'Spearphishing Link', 'Initial Access'),
  of('T1606', 'Forge Web Credentials', 'Credential Access'),
  of('T1606.002', 'SAML Tokens', 'Credential Access'),
  of('T1621', 'Multi-Factor Authentication Request Generation', 'Credential Access'),
  of('T1656', 'Impersonation', 'Defense Evasion'),
];

const BY_TAG = new Map(TECHNIQUES.map((technique) => [`attack.${technique.id.toLowerCase()}`, technique]));
const TACTIC_BY_TAG = new Map(TACTICS.map((tactic) => [`attack.${tactic.toLowerCase().replaceAll(' ', '-')}`, tactic]));

/** What the tags of a rule say of ATT&CK. What is no technique or tactic that is known here is left out. */
export interface AttackFacts {
  /** In the order of the tags. */
  readonly techniques: readonly Technique[];
  /** In ATT&CK's order. Of a rule that names none, those of its techniques. */
  readonly tactics: readonly Tactic[];
}

/** @param tags as Sigma writes them: `attack.persistence`, `attack.t1098.003` */
export function attackFacts(tags: readonly string[]): AttackFacts {
  const small = tags.map((tag) => tag.toLowerCase().replaceAll('_', '-'));
  const techniques = small.flatMap((tag) => BY_TAG.get(tag) ?? []);
  const named = small.flatMap((tag) => TACTIC_BY_TAG.get(tag) ?? []);
  const meant = new Set(named.length > 0 ? named : techniques.flatMap(({ tactics }) => tactics));
  return { techniques, tactics: TACTICS.filter((tactic) => meant.has(tactic)) };
}
