import { attackFacts, TECHNIQUES } from '../../src/attack/techniques.js';

test('of the tags of a rule techniques and tactics are known by their names', () => {
  const { techniques, tactics } = attackFacts(['attack.t1556.006', 'attack.credential-access', 'attack.persistence']);
  expect(techniques.map(({ id, name }) => `${id} ${name}`)).toEqual(['T1556.006 Multi-Factor Authentication']);
  expect(tactics).toEqual(['Persistence', 'Credential Access']);
});

test('a rule without tactics has those of its techniques', () => {
  expect(attackFacts(['attack.t1484.002', 'attack.t1539']).tactics).toEqual([
    'Privilege Escalation',
    'Defense Evasion',
    'Credential Access',
  ]);
});

test('other tags say nothing, and tactics may be written with an underscore', () => {
  expect(attackFacts(['cve.2023-1', 'attack.t9999', 'attack.g0001', 'attack.credential_access'])).toEqual({
    techniques: [],
    tactics: ['Credential Access'],
  });
});

test('every technique is there once, after the one that it is part of', () => {
  const ids = TECHNIQUES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].toSorted());
  for (const id of ids) expect(ids).toContain(id.split('.')[0]);
});
