/** Rows a second through the page commit against COPY of the same rows into the same tables; then the host's memory. */
import '../packages/storage/bench/ingest.mjs';
