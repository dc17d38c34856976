import { Stack } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { AccessSearch } from './AccessSearch.js';
import { readExplorerSearch, type ExplorerSearch } from './explorer-search.js';
import { Questions } from './Questions.js';
import { SavedQuestions } from './SavedQuestions.js';

const TITLE = 'Access explorer';
const route = getRouteApi('/signed-in/access');

export function ExplorerPage() {
  return (
    <Guarded title={TITLE} needs="records:read">
      <Explorer />
    </Guarded>
  );
}

/** Who can reach what: it begins with a name. */
function Explorer() {
  const search = readExplorerSearch(route.useSearch());
  const navigate = useNavigate();
  const change = useCallback(
    (next: ExplorerSearch, replace: boolean) => void navigate({ to: '/access', search: next, replace, resetScroll: false }),
    [navigate],
  );
  return (
    <>
      <PageTitle title={TITLE} />
      <Stack gap="lg" maw={760}>
        <AccessSearch search={search} onChange={change} />
        <SavedQuestions />
        <Questions onAsk={(ask) => change({ ask }, false)} />
      </Stack>
    </>
  );
}
