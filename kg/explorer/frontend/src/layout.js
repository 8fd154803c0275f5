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

const RINGS = [105, 140, 180, 225, 275, 330];
const STEPS = 12;
const ANGLES = Array.from({ length: 2 * STEPS }, (_, i) => ((i % 2 ? -1 : 1) * Math.ceil(i / 2) * Math.PI) / STEPS);
const AIR = 3;

function boxAt(node, { x, y }) {
  const box = node.boundingBox({ includeEdges: false });
  const here = node.position();
  return { x1: box.x1 - here.x + x, x2: box.x2 - here.x + x, y1: box.y1 - here.y + y, y2: box.y2 - here.y + y };
}

function meets(a, b) {
  return a.x1 < b.x2 + AIR && b.x1 < a.x2 + AIR && a.y1 < b.y2 + AIR && b.y1 < a.y2 + AIR;
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
      if (!taken.some((other) => meets(box, other))) return place;
    }
  }
  return { x: start.x + 380 * Math.cos(outwards), y: start.y + 380 * Math.sin(outwards) };
}

/** Places the `added` nodes around those that stand already; these keep their positions to the pixel. */
export function addBeside(cy, added) {
  const standing = cy.nodes().not(added);
  const whole = standing.boundingBox({ includeEdges: false });
  const middle = { x: (whole.x1 + whole.x2) / 2, y: (whole.y1 + whole.y2) / 2 };
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
  const box = nodes.boundingBox();
  return box.x1 >= view.x1 && box.x2 <= view.x2 && box.y1 >= view.y1 && box.y2 <= view.y2;
}
