import type { IncidentTimeline } from '@castellan/api';
import { Button, Text } from '@mantine/core';
import { Fragment, useState } from 'react';
import { Panel } from '../states/Panel.js';
import { clockTime, spanWords } from '../states/time-words.js';
import { useNow } from '../states/now.js';
import { isTooFast, type Leg, legBetween, type Stop, stopsOf } from './geo-trail.js';
import { GeoTrailPicture } from './GeoTrailPicture.js';
import { countedEvents } from './incident-words.js';
import styles from './timeline.module.css';

/** Longer trails are shown when somebody asks for them. */
const SHORT = 8;

/** Where the actor was seen, in the order of time: with how far that is, and how fast they would have had to be. */
export function GeoTrail({ timeline: { events } }: { readonly timeline: IncidentTimeline }) {
  const [isWhole, setWhole] = useState(false);
  const stops = stopsOf(events);
  const places = new Set(stops.map(({ label }) => label));
  if (places.size < 2) return null;
  const shown = isWhole ? stops : stops.slice(0, SHORT);
  const unplaced = events.filter(({ latitude }) => latitude === null).length;
  return (
    <Panel title="Places">
      <GeoTrailPicture stops={shown} />
      <ol className={styles['trail']} aria-label="Places in the order of time">
        {shown.map((stop, index) => {
          const before = shown[index - 1];
          return (
            <Fragment key={`${stop.label} ${stop.firstAt}`}>
              {before !== undefined && <LegLine leg={legBetween(before, stop)} />}
              <StopLine stop={stop} number={index + 1} />
            </Fragment>
          );
        })}
      </ol>
      {shown.length < stops.length && (
        <Button variant="default" size="compact-sm" w="fit-content" onClick={() => setWhole(true)}>
          Show all {stops.length} stops
        </Button>
      )}
      <Text size="xs" c="dimmed">
        Places are those that the provider has for an address: a network of its own, a proxy or a telephone can be far from
        whoever uses it.
        {unplaced > 0 &&
          ` ${unplaced.toLocaleString('en')} of ${countedEvents(events.length)} ${unplaced === 1 ? 'has' : 'have'} none.`}
      </Text>
    </Panel>
  );
}

function StopLine({ stop, number }: { readonly stop: Stop; readonly number: number }) {
  const { label, firstAt, lastAt, events, isFound, addresses } = stop;
  const now = useNow();
  const [first, last] = [clockTime(Date.parse(firstAt), now), clockTime(Date.parse(lastAt), now)];
  return (
    <li className={styles['stop']} data-found={isFound}>
      <span className={styles['number']} aria-hidden>
        {number}
      </span>
      <div>
        <Text size="sm" fw={550} component="span">
          {label}
        </Text>
        <Text size="xs" c="dimmed">
          {first === last ? first : `${first} – ${last}`} · {events.toLocaleString('en')} {events === 1 ? 'event' : 'events'}
          {addresses.length > 0 && ` · from ${addresses.slice(0, 3).join(', ')}`}
          {addresses.length > 3 && ` and ${addresses.length - 3} more`}
          {isFound && ' · part of a finding'}
        </Text>
      </div>
    </li>
  );
}

function LegLine({ leg }: { readonly leg: Leg }) {
  const { km, seconds, kmPerHour } = leg;
  const far = `${Math.round(km).toLocaleString('en')} km`;
  const fast = isTooFast(leg);
  return (
    <li className={styles['leg']} data-fast={fast}>
      {kmPerHour === null
        ? `${far} at the same moment`
        : `${far} in ${spanWords(seconds)}: ${Math.round(kmPerHour).toLocaleString('en')} km/h`}
      {fast && ', faster than an airliner'}
    </li>
  );
}
