import { useState } from 'react';
import { ActDialog, type Chosen } from './ActDialog.js';
import type { ActionPlace } from './action-queries.js';
import { SubjectResponse } from './SubjectResponse.js';

/** What can be done to one record, and to what it has, with the dialog that does it. */
export function RecordResponse({ place }: { readonly place: ActionPlace }) {
  const [chosen, setChosen] = useState<Chosen>();
  return (
    <>
      <SubjectResponse place={place} onChoose={setChosen} />
      <ActDialog chosen={chosen} onClose={() => setChosen(undefined)} />
    </>
  );
}
