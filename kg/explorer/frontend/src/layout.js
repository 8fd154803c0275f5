// Where nodes stand: a first picture that is the same for the same scene, and additions that move nothing.

import { covers, labelBox, usualLabels } from "./labels.js";

const CLOSEST = 1.25;
const MARGIN = 34;

const FCOSE = {
  name: "fcose",
  quality: "proof",
  animate: false,
  fit: false,
  packComponents: false,
  nodeDimensionsIncludeLabels: true,
  nodeSeparation: 110,
  idealEdgeLength: () => 96,
  nodeRepulsion: () => 11000,
  gravity: 0.3,
  numIter: 3500,
};

/** Runs `work` while Math.random gives a fixed sequence, since fcose offers no seed and a link must redraw alike. */
function seeded(work) {
  const random = Math.random;
  let state = 20240901;
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  try {
    work();
  } finally {
    Math.random = random;
  }
}

/** Shows everything, without blowing a small picture up. */
export function fitAll(cy) {
  cy.resize();
  cy.fit(undefined, MARGIN);
  if (cy.zoom() > CLOSEST) {
    cy.zoom(CLOSEST);
    cy.center();
  }
}

/** Lays the whole scene out anew; what is pinned (id, x, y) stands where it was put. */
export function layOut(cy, pinned) {
  usualLabels(cy);
  const fixed = pinned.filter(({ id }) => cy.getElementById(id).nonempty());
  const fixedNodeConstraint = fixed.length ? fixed.map(({ id, x, y }) => ({ nodeId: id, position: { x, y } })) : undefined;
  seeded(() => cy.layout({ ...FCOSE, randomize: true, fixedNodeConstraint }).run());
  for (const { id, x, y } of fixed) cy.getElementById(id).position({ x, y });
  fitAll(cy);
}

const RINGS = [105, 140, 180, 225, 275, 330];
const STEPS = 12;
const ANGLES = Array.from({ length: 2 * STEPS }, (_, i) => ((i % 2 ? -1 : 1) * Math.ceil(i / 2) * Math.PI) / STEPS);
const AIR = 3;

/** What a node and its label take up at a place. Cytoscape's own boxes are right only after it has drawn. */
function boxAt(node, place) {
  const label = labelBox(node, place);
  const half = node.data("size") / 2 + AIR;
  return {
    x1: Math.min(label.x1 - AIR, place.x - half),
    x2: Math.max(label.x2 + AIR, place.x + half),
    y1: place.y - half,
    y2: label.y2 + AIR,
  };
}

/** The first free place around `anchor`, from the middle of the scene outwards; far out where all are taken. */
function freePlace(node, anchor, taken, middle) {
  const start = anchor.position();
  const outwards = Math.atan2(start.y - middle.y, start.x - middle.x);
  for (const radius of RINGS) {
    for (const angle of ANGLES) {
      const turn = outwards + angle;
      const place = { x: start.x + radius * Math.cos(turn), y: start.y + radius * Math.sin(turn) };
      const box = boxAt(node, place);
      if (!taken.some((other) => covers(box, other))) return place;
    }
  }
  return { x: start.x + 380 * Math.cos(outwards), y: start.y + 380 * Math.sin(outwards) };
}

/** Places the `added` nodes around those that stand already; these keep their positions to the pixel. */
export function addBeside(cy, added) {
  const standing = cy.nodes().not(added);
  const middle = cy.$("node[?centre]").position();
  const taken = standing.map((node) => boxAt(node, node.position()));
  const beside = (node, nodes) => node.neighborhood().intersection(nodes);
  let placed = standing;
  let waiting = added;
  while (waiting.nonempty()) {
    const node = [standing, placed].map((near) => waiting.filter((each) => beside(each, near).nonempty())[0]).find(Boolean) ?? waiting[0];
    const anchor = beside(node, standing)[0] ?? beside(node, placed)[0] ?? standing[0];
    node.position(freePlace(node, anchor, taken, middle));
    taken.push(boxAt(node, node.position()));
    placed = placed.union(node);
    waiting = waiting.not(node);
  }
  if (!inView(cy, added)) fitAll(cy);
}

function inView(cy, nodes) {
  const view = cy.extent();
  return nodes.every((node) => {
    const box = boxAt(node, node.position());
    return box.x1 >= view.x1 && box.x2 <= view.x2 && box.y1 >= view.y1 && box.y2 <= view.y2;
  });
}
