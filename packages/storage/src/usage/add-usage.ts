/** So many of the newest days with a use are kept of each; older ones count in the sum alone. */
const MOST_DAYS = 400;

/** What a new event says for {@link ADD_USAGE}; the statement calls its table `t`. */
export const USED_OF_EVENT = `t.published, t."use", t.actor ->> 'id' AS principal, coalesce(t.used, '') AS object`;

/** Days with how often each: those of before with those of this page. */
const MERGED = `(SELECT array_agg(day ORDER BY day), array_agg(times ORDER BY day) FROM (
      SELECT day, sum(times)::integer AS times
      FROM unnest(u.days || excluded.days, u.day_times || excluded.day_times) AS d (day, times) GROUP BY day ORDER BY day DESC LIMIT ${MOST_DAYS}) kept)`;

/**
 * Adds up what new events show to have been used: parts of a statement that has them as `written`, and the integration as $1.
 * In the order of the keys, so that two pages of one integration cannot wait for each other. An id that is too long for an
 * index is no id of a record either.
 */
export const ADD_USAGE = `shown AS (
    SELECT "use", principal, object, (published AT TIME ZONE 'UTC')::date AS day, count(*)::integer AS times,
      min(published) AS first_at, max(published) AS last_at
    FROM (
      SELECT "use", principal, object, published FROM written
      -- With a credential of its own a principal uses its own rights, whoever runs the program (ADR 35).
      UNION ALL SELECT 'administration', principal, '', published FROM written WHERE "use" = 'api' AND object <> ''
    ) of WHERE "use" IS NOT NULL AND principal <> '' AND octet_length(principal) + octet_length(object) <= 2000 GROUP BY 1, 2, 3, 4
  ), added AS (
    INSERT INTO usage AS u (integration_id, "use", principal, object, first_at, last_at, times, days, day_times)
    SELECT $1::uuid, "use", principal, object, min(first_at), max(last_at), sum(times), array_agg(day ORDER BY day), array_agg(times ORDER BY day)
    FROM shown GROUP BY "use", principal, object ORDER BY "use", principal, object
    ON CONFLICT (integration_id, "use", principal, object) DO UPDATE SET first_at = least(u.first_at, excluded.first_at),
      last_at = greatest(u.last_at, excluded.last_at), times = u.times + excluded.times, (days, day_times) = ${MERGED}
  ), by_day AS (
    INSERT INTO usage_days AS d (integration_id, "use", object, day, times)
    SELECT $1::uuid, "use", object, day, sum(times) FROM shown GROUP BY "use", object, day ORDER BY "use", object, day
    ON CONFLICT (integration_id, "use", object, day) DO UPDATE SET times = d.times + excluded.times
  ), began AS (
    INSERT INTO usage_since AS s (integration_id, since, changed_at) SELECT $1::uuid, min(published), now() FROM written HAVING count(*) > 0
    ON CONFLICT (integration_id) DO UPDATE SET since = least(s.since, excluded.since), changed_at = excluded.changed_at
  )`;
