import { readSaid } from '../../src/enrichment/said.js';

const data = (debugData: object, more: object = {}) => ({ debugContext: { debugData }, ...more });
const SECURITY = {
  securityContext: {
    risk: { level: 'HIGH', previousLevel: 'LOW', reasons: 'Anomalous Location, Anomalous Device', detectionName: null },
    userBehaviors: [
      { id: 'beh1', name: 'New Device', result: 'POSITIVE' },
      { id: 'beh2', name: 'Velocity', result: 'NEGATIVE' },
      { id: 'beh3', name: 'New IP', result: 'UNKNOWN' },
      { id: 'beh4', name: 'Our own', result: 'POSITIVE' },
      null,
      'New City',
    ],
  },
};
const HIGH = { level: 'HIGH', reasons: ['Anomalous Location', 'Anomalous Device'] };

test.each([
  ['as text', data({ risk: '{reasons=Anomalous Location, Anomalous Device, level=HIGH}' }), HIGH],
  [
    'in what is logged only',
    data({ logOnlySecurityData: '{"risk":{"level":"HIGH","reasons":"Anomalous Location, Anomalous Device"}}' }),
    HIGH,
  ],
  ['as a level alone', data({ riskLevel: 'high' }), { level: 'HIGH' }],
  ['where the security context has it', SECURITY, HIGH],
  ['in both places', data({ risk: '{level=MEDIUM}' }, SECURITY), { level: 'MEDIUM' }],
  ['where nothing is said in the one', data({ risk: '{}', logOnlySecurityData: '{"risk":{}}' }, SECURITY), HIGH],
  ['nowhere', { securityContext: { risk: null } }, undefined],
])('risk is read %s', (_, raw, risk) => {
  expect(readSaid(raw).risk).toEqual(risk);
});

const FOUND = { newDevice: true, velocity: false };

test.each([
  ['as text', data({ behaviors: '{New Device=POSITIVE, Velocity=NEGATIVE, New IP=UNKNOWN, Our own=POSITIVE}' }), FOUND],
  [
    'in what is logged only',
    data({ logOnlySecurityData: { behaviors: { 'New Device': 'POSITIVE', Velocity: 'NEGATIVE', 'New IP': 'BAD_REQUEST' } } }),
    FOUND,
  ],
  ['where the security context has them', SECURITY, FOUND],
  ['in both places', data({ behaviors: '{New IP=POSITIVE}' }, SECURITY), { newIp: true }],
  ['nowhere', { securityContext: { userBehaviors: [] } }, undefined],
  ['as nonsense', data({ behaviors: 7 }, { securityContext: { userBehaviors: 'New IP' } }), undefined],
])('behaviours are read %s', (_, raw, behaviors) => {
  expect(readSaid(raw).behaviors).toEqual(behaviors);
});
