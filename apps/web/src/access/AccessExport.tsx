import { accessPath, type Parts } from './access-queries.js';
import { ExportFiles } from './ExportFiles.js';

interface AccessExportProps {
  readonly integration: string;
  /** Of the API, below `access`: `reached-by`. */
  readonly question: string;
  readonly parts: Parts;
  /** What is in the file, as a sentence. */
  readonly children: string;
}

/** A list of one integration as a file. */
export function AccessExport({ integration, question, parts, children }: AccessExportProps) {
  return (
    <ExportFiles name={question} pathOf={(ending) => accessPath(integration, `${question}/export.${ending}`, parts)}>
      {children}
    </ExportFiles>
  );
}
