/** How often this host polls an integration that does not say. 0: never. */
export const POLL_SECONDS = Symbol('PollSeconds');
