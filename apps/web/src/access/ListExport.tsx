import type { AccessNodeKind } from '@castellan/api';
import { dateWords } from '../states/time-words.js';
import { AccessExport } from './AccessExport.js';
import { listParts } from './access-queries.js';
import type { ListPart } from './entity-parts.js';
import { listPartsOf } from './list-parts.js';
import { NODE_LOOKS } from './node-looks.js';
import type { Entity } from './use-entity.js';

interface ListExportProps {
  readonly entity: Entity;
  readonly part: ListPart;
  readonly kind: AccessNodeKind;
}

/** The list of a page as a file, with its search, its filters and its date. */
export function ListExport({ entity: { place, search }, part, kind }: ListExportProps) {
  const { sort: _sort, ...narrowing } = listPartsOf(search, place.kind, part.direction, kind);
  const then = search.at === undefined ? '' : `, as of ${dateWords(Date.parse(search.at) - 1)}`;
  return (
    <AccessExport
      integration={place.integration}
      question={part.direction}
      parts={listParts(place, part.direction, kind, narrowing)}
    >
      {`All ${NODE_LOOKS[kind].many.toLowerCase()} of this list, as searched and filtered here${then}, in the order of their keys.`}
    </AccessExport>
  );
}
