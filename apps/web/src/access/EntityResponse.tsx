import { useState } from 'react';
import { ActDialog, type Chosen } from '../actions/ActDialog.js';
import { SubjectResponse } from '../actions/SubjectResponse.js';
import { Panel } from '../states/Panel.js';
import type { AccessPlace } from './access-queries.js';
import { NODE_LOOKS } from './node-looks.js';

/** What can be done to one of an organisation, and to what it has. */
export function EntityResponse({ place }: { readonly place: AccessPlace }) {
  const [chosen, setChosen] = useState<Chosen>();
  return (
    <Panel title="Respond">
      <SubjectResponse place={{ ...place, kind: NODE_LOOKS[place.kind].record }} onChoose={setChosen} />
      <ActDialog chosen={chosen} onClose={() => setChosen(undefined)} />
    </Panel>
  );
}
