import type { RecordTableField } from '@castellan/api';
import { useCallback } from 'react';
import { WordsBox } from '../states/WordsBox.js';
import type { RecordKind } from './fields.js';
import { columnsOf, decapitalised, kindOf } from './kinds.js';
import type { Records } from './use-records.js';

interface SearchBoxProps {
  readonly kind: RecordKind;
  readonly records: Records;
  readonly fields: readonly RecordTableField[] | undefined;
}

/** Narrows a table to rows with some words, and says which of its columns are looked at. */
export function SearchBox({ kind, records: { search, change }, fields = [] }: SearchBoxProps) {
  const titles = columnsOf(kind);
  const searched = fields.filter((field) => field.searched).map(({ name }) => decapitalised(titles[name]?.title ?? name));
  const onChange = useCallback((q: string | undefined, isFurther: boolean) => change({ q }, isFurther), [change]);
  return (
    <WordsBox
      label={`Search ${decapitalised(kindOf(kind).many)}`}
      title={searched.length === 0 ? undefined : `Looks at: ${searched.join(', ')}, key`}
      width={260}
      q={search.q}
      onChange={onChange}
    />
  );
}
