import type { AccessGraph } from '@castellan/api';
import { ActionIcon, Group, Paper, useComputedColorScheme } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { drawGraph, type Drawing } from './draw-graph.js';
import { graphSentence } from './graph-words.js';
import styles from './access.module.css';

/** Cytoscape puts a style element into the page, which the policy forbids, unless something of this name is there. */
export const STYLE_ID = '__________cytoscape_stylesheet';

interface GraphPictureProps {
  readonly graph: AccessGraph;
  readonly integration: string;
  readonly at: string | undefined;
}

/** The neighbourhood, drawn from left to right. The table beside it is what is read out. */
export function GraphPicture({ graph, integration, at }: GraphPictureProps) {
  const place = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing>(null);
  const scheme = useComputedColorScheme('light');
  const navigate = useNavigate();
  useEffect(() => {
    if (place.current === null) return undefined;
    const drawn = drawGraph(place.current, graph, scheme, ({ kind, key }) => {
      void navigate({
        to: '/access/$integration/$kind/$key',
        params: { integration, kind, key },
        search: { tab: 'graph', view: 'graph', ...(at !== undefined && { at }) },
      });
    });
    drawing.current = drawn;
    return () => drawn.end();
  }, [graph, scheme, integration, at, navigate]);
  return (
    <Paper withBorder bg="var(--castellan-surface)" pos="relative">
      <span id={STYLE_ID} hidden />
      <div ref={place} className={styles['canvas']} role="img" aria-label={graphSentence(graph)} />
      <Group gap={4} pos="absolute" bottom={8} right={8}>
        <ActionIcon variant="default" aria-label="Larger" onClick={() => drawing.current?.zoom(1.3)}>
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" aria-label="Smaller" onClick={() => drawing.current?.zoom(1 / 1.3)}>
          <IconMinus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" aria-label="All of it" onClick={() => drawing.current?.fit()}>
          <IconFocusCentered size={16} aria-hidden />
        </ActionIcon>
      </Group>
    </Paper>
  );
}
