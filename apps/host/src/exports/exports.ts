import type { Logger } from '@castellan/connector-sdk';
import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { type AuditNotes, AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../callers/caller.js';
import { contentTypeOf, type ExportFormat, type ExportTable, linesOf } from './export-format.js';
import { ExportStream } from './export-stream.js';
import { fileName, type FileTitle } from './file-name.js';

export const EXPORT_LOGGER = Symbol('ExportLogger');

/** One file that somebody asks for. */
export interface AskedFile<Row> {
  readonly title: FileTitle;
  /** The instant that it is about; left out: now. */
  readonly at?: Date | undefined;
  readonly format: ExportFormat;
  readonly table: ExportTable<Row>;
  readonly pages: AsyncIterable<readonly Row[]>;
  /** What the audit log says of it. */
  readonly action: `${string}.export`;
  readonly notes: AuditNotes;
}

/** Gives lists out as files: first the row in the audit log, then the lines as they are read. */
@Injectable()
export class Exports {
  readonly #trail: AuditTrail;
  readonly #log: Logger;

  constructor(@Inject(AuditTrail) trail: AuditTrail, @Inject(EXPORT_LOGGER) log: Logger) {
    this.#trail = trail;
    this.#log = log;
  }

  async give<Row>(caller: Caller, response: Response, file: AskedFile<Row>): Promise<void> {
    const { title, at, format, table, pages, action, notes } = file;
    await this.#trail.record(caller, action, async (given) => {
      Object.assign(given, notes);
    });
    await this.send(response, { title, at, format }, linesOf(format, table, pages));
  }

  /** Never throws: see ExportStream. @param batches of lines; in the first is the header, if there is one */
  async send(
    response: Response,
    { title, at = new Date(), format }: Pick<AskedFile<never>, 'title' | 'at' | 'format'>,
    batches: AsyncIterable<readonly string[]>,
  ): Promise<void> {
    response.status(200).set({
      'content-type': contentTypeOf(format),
      'content-disposition': `attachment; filename="${fileName(title, at, format)}"`,
    });
    await new ExportStream(response, this.#log).send(batches);
  }
}
