// Where nodes stand: a first picture that is the same for the same scene, and additions that move nothing.

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

/** Lays the whole scene out anew. */
export function layOut(cy) {
  seeded(() => cy.layout({ ...FCOSE, randomize: true }).run());
  fitAll(cy);
}

function besideNeighbour(node, index) {
  const known = node.neighborhood("node").filter((each) => each.scratch("placed"));
  const start = known.nonempty() ? known[0].position() : { x: 0, y: 0 };
  const angle = index * 2.4;
  return { x: start.x + 90 * Math.cos(angle), y: start.y + 90 * Math.sin(angle) };
}

/** Places the `added` nodes around those that stand already; these keep their positions to the pixel. */
export function addBeside(cy, added) {
  const standing = cy.nodes().not(added);
  const positions = standing.map((node) => ({ nodeId: node.id(), position: { ...node.position() } }));
  standing.forEach((node) => void node.scratch("placed", true));
  added.forEach((node, index) => void node.position(besideNeighbour(node, index)));
  seeded(() => cy.layout({ ...FCOSE, randomize: false, fixedNodeConstraint: positions }).run());
  cy.batch(() => positions.forEach(({ nodeId, position }) => void cy.getElementById(nodeId).position(position)));
  standing.removeScratch("placed");
  if (!inView(cy, added)) fitAll(cy);
}

function inView(cy, nodes) {
  const view = cy.extent();
  const box = nodes.boundingBox();
  return box.x1 >= view.x1 && box.x2 <= view.x2 && box.y1 >= view.y1 && box.y2 <= view.y2;
}
