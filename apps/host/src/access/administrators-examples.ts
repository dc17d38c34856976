import type { Administrator, Administrators } from '@castellan/api';
import { Examples } from '../docs/examples.js';
import { ANA, BEGUN, COVERAGE, ENGINEERING, ROLE, USED } from './access-examples.js';

const ADMINISTRATOR: Administrator = {
  integration: { id: '0b9a7f0e-5c1d-4c53-9d1c-8d6f5a2a7c11', name: 'Directory' },
  principal: ANA,
  roles: [{ role: ROLE, direct: true, through: [ENGINEERING] }],
  usage: USED,
  coverage: COVERAGE,
};
const NARROW: Administrator = {
  ...ADMINISTRATOR,
  roles: [
    {
      role: { ...ROLE, detail: 'Manages members', status: 'active' },
      direct: false,
      through: [{ ...ENGINEERING, detail: 'All of us', status: 'active' }],
    },
  ],
  coverage: BEGUN,
};
const GROUP: Administrator = { ...ADMINISTRATOR, principal: ENGINEERING, usage: null, coverage: null };

const ADMINISTRATORS: Administrators = { items: [ADMINISTRATOR], total: 1, next: null };
export const ADMINISTRATORS_ANSWER = new Examples({ administrators: ADMINISTRATORS }, [
  { ...ADMINISTRATORS, items: [GROUP, NARROW], next: 'WyJhY2Nlc3MvYWRtaW5pc3RyYXRvcnMgLi4uIiwiMTAwIl0' },
]);
