import { CommentForm } from '../states/CommentForm.js';
import { useFindingsChange } from './findings-queries.js';

/** A comment on one finding. @param id of the finding */
export function CommentBox({ id }: { readonly id: string }) {
  const change = useFindingsChange();
  return (
    <CommentForm
      error={change.error}
      isPending={change.isPending}
      onComment={(text, onDone) =>
        change.mutate({ change: { do: 'comment', text }, which: { ids: [id] }, count: 1 }, { onSuccess: onDone })
      }
    />
  );
}
