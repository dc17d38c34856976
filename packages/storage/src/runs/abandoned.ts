/**
 * SQL: nobody seems to be there to take the run `r` over, since a living host does it within 15 s of the end of its lease. By
 * the database's clock, as the lease itself.
 */
export const ABANDONED = `r.state = 'running' AND r.lease_until < clock_timestamp() - interval '30 seconds'`;
