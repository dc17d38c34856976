import type { CheckOfControl, ControlView, FrameworkView } from '@castellan/api';
import type { ExportTable } from '../exports/export-format.js';

/** What a check says for a control; without one no check speaks to it. */
export interface ControlRow {
  readonly framework: FrameworkView;
  readonly control: ControlView;
  readonly check?: CheckOfControl;
}

export const FRAMEWORKS_TABLE: ExportTable<ControlRow> = {
  columns: [
    'framework',
    'version',
    'control',
    'title',
    'status',
    'check',
    'checkTitle',
    'checkStatus',
    'open',
    'limit',
    'limitAsked',
    'laxer',
  ],
  cells: ({ framework, control: { control, title, status }, check }) => [
    framework.title,
    framework.version,
    control,
    title,
    status,
    check?.id,
    check?.title,
    check?.status,
    check?.open,
    check?.limit?.here,
    check?.limit?.asked,
    check?.limit?.laxer,
  ],
  object: ({ framework: { id, title, version }, control: { control, title: name, status }, check = null }) => ({
    framework: { id, title, version },
    control: { control, title: name, status },
    check,
  }),
};

/** A row for each check of each control; there are some hundreds. */
export async function* controlRows(frameworks: readonly FrameworkView[]): AsyncGenerator<readonly ControlRow[]> {
  for (const framework of frameworks)
    yield framework.controls.flatMap((control): readonly ControlRow[] =>
      control.checks.length === 0 ? [{ framework, control }] : control.checks.map((check) => ({ framework, control, check })),
    );
}
