import type { Check } from '../../check/check.js';
import { accessGivenOneByOne } from './access-given-one-by-one.js';
import { accessThatIsNotUsed } from './access-that-is-not-used.js';
import { emptyGroupWithRights } from './empty-group-with-rights.js';
import { groupRuleThatPeopleCanMeet } from './group-rule-that-people-can-meet.js';
import { groupWithPowerElsewhere } from './group-with-power-elsewhere.js';
import { groupWithoutPurpose } from './group-without-purpose.js';
import { memberThatTheRuleLeavesOut } from './member-that-the-rule-leaves-out.js';
import { newMemberOfGroupWithRole } from './new-member-of-group-with-role.js';
import { sensitiveApplicationForEverybody } from './sensitive-application-for-everybody.js';

export const GROUP_CHECKS: readonly Check[] = [
  groupRuleThatPeopleCanMeet,
  groupWithPowerElsewhere,
  sensitiveApplicationForEverybody,
  memberThatTheRuleLeavesOut,
  newMemberOfGroupWithRole,
  accessThatIsNotUsed,
  accessGivenOneByOne,
  emptyGroupWithRights,
  groupWithoutPurpose,
];
