import type { AttackPath } from '@castellan/api';
import { Paper, useComputedColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { drawGraph } from '../access/draw-graph.js';
import { STYLE_ID } from '../access/GraphPicture.js';
import { pathGraph } from './path-graph.js';
import styles from './attack-paths.module.css';

interface PathPictureProps {
  readonly paths: readonly AttackPath[];
  readonly integration: string;
}

/** The ways that are listed, drawn together. The table has the same. */
export function PathPicture({ paths, integration }: PathPictureProps) {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  const navigate = useNavigate();
  const graph = useMemo(() => pathGraph(paths), [paths]);
  useEffect(() => {
    if (place.current === null) return undefined;
    const drawing = drawGraph(place.current, graph, scheme, ({ kind, key }) => {
      if (key !== '') void navigate({ to: '/access/$integration/$kind/$key', params: { integration, kind, key } });
    });
    return () => drawing.end();
  }, [graph, scheme, integration, navigate]);
  const words = `${graph.nodes.length} boxes: how ${paths.length} starting points reach tier zero. The table has the same ways.`;
  return (
    <Paper withBorder bg="var(--castellan-surface)">
      <span id={STYLE_ID} hidden />
      <div ref={place} className={styles['canvas']} role="img" aria-label={words} />
    </Paper>
  );
}
