import { UsageError } from '../exit-code.js';

/** What another file or another setting mends ends with 2. */
export async function refusedAsUsage<T>(file: string, work: Promise<T>): Promise<T> {
  const { BackupError } = await import('@castellan/storage');
  try {
    return await work;
  } catch (error) {
    if (error instanceof BackupError)
      throw new UsageError(error.code === 'damaged' ? `${file}: ${error.message}` : error.message);
    throw error;
  }
}
