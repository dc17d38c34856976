import type { AttackPath } from '@castellan/api';
import { Paper, Text } from '@mantine/core';
import { IconFlag } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Wide } from '../states/Wide.js';
import { PathEnd } from './PathEnd.js';
import { type Box, pathTree } from './path-tree.js';
import { kindName, stepWords } from './step-words.js';
import styles from './attack-paths.module.css';

/** In pixels; the style sheet has the same width and height. */
const BOX = { width: 208, height: 54 } as const;
const COLUMN = 256;
const ROW = 66;
const MARGIN = 12;

interface PathPictureProps {
  readonly paths: readonly AttackPath[];
  readonly integration: string;
}

/** The ways that are listed, drawn together: starting points on the left, tier zero on the right. */
export function PathPicture({ paths, integration }: PathPictureProps) {
  const { boxes, lines, columns, rows, drawn } = useMemo(() => pathTree(paths), [paths]);
  const width = (columns - 1) * COLUMN + BOX.width + 2 * MARGIN;
  const height = (rows - 1) * ROW + BOX.height + 2 * MARGIN;
  const words = `How ${drawn.toLocaleString('en')} starting points reach tier zero`;
  return (
    <Paper withBorder bg="var(--castellan-surface)" component="figure" m={0} aria-label={words}>
      <Legend boxes={boxes} />
      {drawn < paths.length && (
        <Text size="sm" c="dimmed" px="sm">
          The first {drawn} of {paths.length} ways are drawn; the table has all.
        </Text>
      )}
      <Wide label={words}>
        <div className={styles['picture']} style={{ width, height }}>
          <svg width={width} height={height} aria-hidden className={styles['lines']}>
            {lines.map(({ from, to }) => (
              <path key={from.id} d={lineOf(from, to)} />
            ))}
          </svg>
          {boxes.map((box) => (
            <Place key={box.id} box={box} integration={integration} />
          ))}
        </div>
      </Wide>
    </Paper>
  );
}

function Place({ box, integration }: { readonly box: Box; readonly integration: string }) {
  const { node, label, step, isStart } = box;
  return (
    <div className={styles['box']} style={cornerOf(box)} data-kind={node?.kind} data-zero={step === null} title={label}>
      <span className={styles['name']}>
        {isStart && <IconFlag size={14} aria-label="Starting point:" />}
        {node === null ? label : <PathEnd node={node} integration={integration} />}
      </span>
      <span className={styles['step']}>{step === null ? 'is of tier zero' : `${stepWords(step)} →`}</span>
    </div>
  );
}

/** What colours and marks mean; of kinds those that are drawn. */
function Legend({ boxes }: { readonly boxes: readonly Box[] }) {
  const kinds = [...new Set(boxes.flatMap(({ node }) => node?.kind ?? []))].toSorted();
  return (
    <ul className={styles['legend']} aria-label="Legend">
      <li>
        <IconFlag size={14} aria-hidden /> starting point
      </li>
      <li>
        <span className={styles['swatch']} data-zero /> tier zero
      </li>
      {kinds.map((kind) => (
        <li key={kind}>
          <span className={styles['swatch']} data-kind={kind} /> {kindName(kind)}
        </li>
      ))}
    </ul>
  );
}

function cornerOf({ column, row }: Box): { readonly left: number; readonly top: number } {
  return { left: MARGIN + column * COLUMN, top: MARGIN + row * ROW };
}

/** Level in its own row, where nothing else is, and down or up only just before the box that it leads to. */
function lineOf(from: Box, to: Box): string {
  const [start, end] = [cornerOf(from), cornerOf(to)];
  const [y, below] = [start.top + BOX.height / 2, end.top + BOX.height / 2];
  const bend = end.left - (COLUMN - BOX.width);
  const middle = (bend + end.left) / 2;
  return `M ${start.left + BOX.width} ${y} H ${bend} C ${middle} ${y} ${middle} ${below} ${end.left} ${below}`;
}
