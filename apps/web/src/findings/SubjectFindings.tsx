import { IconCircleCheck } from '@tabler/icons-react';
import { type AccessPlace } from '../access/access-queries.js';
import { nodeId } from '../access/node-looks.js';
import { useMay } from '../session/session.js';
import { Empty } from '../states/Empty.js';
import { FindingsList } from './FindingsList.js';

/** What checks say of one of an organisation. */
export function SubjectFindings({ place }: { readonly place: AccessPlace }) {
  // A program is read as an application, and checks speak of it as one.
  const subject = nodeId(place.kind === 'client' ? { ...place, kind: 'application' } : place);
  if (!useMay('findings:read'))
    return (
      <Empty icon={IconCircleCheck} title="Not for your role">
        Your role does not see findings. An administrator of your workspace can change that.
      </Empty>
    );
  return (
    <FindingsList
      search={{ subject, integration: place.integration, status: 'all' }}
      isOfOneSubject
      empty={
        <Empty icon={IconCircleCheck} title="No findings">
          No check has named it so far. What a check cannot see it does not name: the posture page says what is unknown.
        </Empty>
      }
    />
  );
}
