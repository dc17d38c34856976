import type { AccessGraph, AccessNode, AccessNodeKind } from '@castellan/api';
import cytoscape from 'cytoscape';
import { BOX, type GraphLayout, graphLayout, type Place, wayId } from './graph-layout.js';
import { graphLabel } from './graph-words.js';
import { nodeId } from './node-looks.js';

export interface Drawing {
  /** @param factor above 1: larger */
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly end: () => void;
}

/** Shades of Mantine that tell kinds apart on either ground; the label says what it is to everybody. */
const COLORS: Readonly<Record<AccessNodeKind, string>> = {
  account: 'blue',
  group: 'teal',
  application: 'violet',
  role: 'orange',
  client: 'gray',
};

/** Smaller, nobody can read what is in the boxes. */
const READABLE = 0.55;
const MARGIN = 24;

/** @param onOpen a node was clicked that is one of an organisation */
export function drawGraph(
  container: HTMLElement,
  graph: AccessGraph,
  scheme: 'light' | 'dark',
  onOpen: (node: AccessNode) => void,
): Drawing {
  const layout = graphLayout(graph);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const subject = graph.nodes.find(({ node }) => node !== null && nodeId(node) === nodeId(graph.subject))?.id;
  const cy = cytoscape({
    container,
    elements: [
      ...graph.nodes.map((node) => ({
        data: { id: node.id, label: graphLabel(node), kind: node.kind, many: node.node === null, subject: node.id === subject },
        position: { ...placeOf(layout, node.id) },
      })),
      ...graph.edges.map(({ from, to }) => ({
        data: { source: from, target: to, ...bendsOf(layout, { from, to }) },
      })),
    ],
    style: lookOf(container, scheme),
    layout: { name: 'preset', fit: true, padding: MARGIN },
    minZoom: 0.08,
    maxZoom: 2.5,
    autoungrabify: true,
    boxSelectionEnabled: false,
  });
  cy.on('tap', 'node', ({ target }) => {
    const node = byId.get(String(target.id()))?.node;
    if (node !== null && node !== undefined && nodeId(node) !== nodeId(graph.subject)) onOpen(node);
  });
  cy.on('mouseover', 'node', () => container.style.setProperty('cursor', 'pointer'));
  cy.on('mouseout', 'node', () => container.style.removeProperty('cursor'));
  look(cy, subject);
  const observer = new ResizeObserver(() => {
    cy.resize();
    cy.fit(undefined, MARGIN);
    look(cy, subject);
  });
  observer.observe(container);
  return {
    zoom: (factor) => {
      const middle = { x: cy.width() / 2, y: cy.height() / 2 };
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: middle });
    },
    fit: () => void cy.fit(undefined, MARGIN),
    end: () => {
      observer.disconnect();
      cy.destroy();
    },
  };
}

function placeOf({ places }: GraphLayout, id: string): Place {
  return places.get(id) ?? { x: 0, y: 0 };
}

interface Bends {
  /** How far along the straight line from one middle to the other, as a part of it. */
  readonly weights: readonly number[];
  /** How far beside it. */
  readonly distances: readonly number[];
}

/** Where a line bends, as Cytoscape wants to be told. Nothing: it goes straight; `isBack`: round about. */
export function bendsOf(
  layout: GraphLayout,
  { from, to }: { readonly from: string; readonly to: string },
): Partial<Bends> & { readonly isBack?: true } {
  const way = layout.ways.get(wayId({ from, to }));
  if (way === undefined) return { isBack: true };
  if (way.length === 0) return {};
  const [start, end] = [placeOf(layout, from), placeOf(layout, to)];
  const [x, y] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(x, y);
  const along = way.map((bend) => ({ x: bend.x - start.x, y: bend.y - start.y }));
  return {
    weights: along.map((bend) => (bend.x * x + bend.y * y) / length ** 2),
    distances: along.map((bend) => (bend.y * x - bend.x * y) / length),
  };
}

/** At all of it, if that can be read; else at the one that was asked about. */
function look(cy: cytoscape.Core, subject: string | undefined): void {
  if (cy.zoom() > 1) cy.zoom(1);
  if (cy.zoom() < READABLE) cy.zoom(READABLE);
  if (cy.zoom() !== READABLE || subject === undefined) {
    cy.center();
    return;
  }
  cy.center(cy.getElementById(subject));
  const { x1, x2, y1, y2 } = cy.elements().renderedBoundingBox();
  cy.panBy({ x: intoView(x1, x2, cy.width()), y: intoView(y1, y2, cy.height()) });
}

/** How far to move what is wider than the picture so that no room beside it stays empty; what is not goes into the middle. */
function intoView(from: number, to: number, room: number): number {
  if (to - from <= room - 2 * MARGIN) return (room - from - to) / 2;
  if (from > MARGIN) return MARGIN - from;
  return to < room - MARGIN ? room - MARGIN - to : 0;
}

/** Canvas knows no variables of style sheets: their values, as they are now. */
function lookOf(container: HTMLElement, scheme: 'light' | 'dark'): cytoscape.StylesheetJson {
  const computed = getComputedStyle(container);
  const color = (name: string): string => computed.getPropertyValue(name).trim();
  const shade = scheme === 'dark' ? 4 : 7;
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)',
        shape: 'round-rectangle',
        width: BOX.width,
        height: BOX.height,
        'background-color': color('--castellan-surface'),
        'border-width': 1.5,
        'text-valign': 'center',
        'text-halign': 'center',
        'text-wrap': 'ellipsis',
        'text-max-width': '184px',
        'font-size': 12,
        'font-family': computed.fontFamily,
        color: color('--mantine-color-text'),
      },
    },
    ...Object.entries(COLORS).map(([kind, name]) => ({
      selector: `node[kind = "${kind}"]`,
      style: { 'border-color': color(`--mantine-color-${name}-${shade}`) },
    })),
    { selector: 'node[?many]', style: { 'border-style': 'dashed' as const } },
    {
      selector: 'node[?subject]',
      style: { 'border-width': 3, 'background-color': color('--castellan-hover'), 'font-weight': 'bold' as const },
    },
    ...linesLook(color('--mantine-color-dimmed')),
  ];
}

function linesLook(color: string): cytoscape.StylesheetJson {
  return [
    {
      selector: 'edge',
      style: {
        width: 1,
        'line-color': color,
        'line-opacity': 0.6,
        'target-arrow-color': color,
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.7,
        'curve-style': 'straight',
        'source-endpoint': '90deg',
        'target-endpoint': '270deg',
      },
    },
    {
      selector: 'edge[weights]',
      style: {
        'curve-style': 'round-segments',
        'edge-distances': 'node-position',
        'segment-weights': (edge: cytoscape.EdgeSingular) => numbersOf(edge.data('weights')),
        'segment-distances': (edge: cytoscape.EdgeSingular) => numbersOf(edge.data('distances')),
        'segment-radii': [12],
      },
    },
    {
      selector: 'edge[?isBack]',
      style: { 'curve-style': 'unbundled-bezier', 'control-point-distances': [60], 'control-point-weights': [0.5] },
    },
  ];
}

/** What a line was given above: Cytoscape gives it back as anything. */
function numbersOf(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}
