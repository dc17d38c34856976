/** Events come this late at most: what is told is settled then. Of what comes later a correlation makes what it still can. */
export const LATEST_MS = 15 * 60_000;
