import type { Administrators } from '@castellan/api';
import { Examples } from '../docs/examples.js';
import { ANA, BEGUN, COVERAGE, ENGINEERING, ROLE, USED } from './access-examples.js';

const INTEGRATION = { id: '0b9a7f0e-5c1d-4c53-9d1c-8d6f5a2a7c11', name: 'Directory' };

const ADMINISTRATORS: Administrators = {
  items: [
    {
      integration: INTEGRATION,
      principal: ANA,
      roles: [{ role: ROLE, direct: true, through: [ENGINEERING] }],
      usage: USED,
      coverage: COVERAGE,
    },
  ],
  total: 1,
  next: null,
};
const [ADMINISTRATOR] = ADMINISTRATORS.items;
export const ADMINISTRATORS_ANSWER = new Examples({ administrators: ADMINISTRATORS }, [
  ...(ADMINISTRATOR === undefined
    ? []
    : [
        {
          ...ADMINISTRATORS,
          items: [
            { ...ADMINISTRATOR, principal: ENGINEERING, usage: null, coverage: null },
            {
              ...ADMINISTRATOR,
              roles: [
                {
                  role: { ...ROLE, detail: 'Manages members', status: 'active' },
                  direct: false,
                  through: [{ ...ENGINEERING, detail: 'All of us', status: 'active' }],
                },
              ],
              coverage: BEGUN,
            },
          ],
          next: 'WyJhY2Nlc3MvYWRtaW5pc3RyYXRvcnMgLi4uIiwiMTAwIl0',
        },
      ]),
]);
