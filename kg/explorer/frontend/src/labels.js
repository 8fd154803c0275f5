// Which labels are shown: never smaller than can be read, and never one over another; the closer, the more.

const USUAL = 11;
const EDGE = 10;
const SMALLEST_ON_SCREEN = 9.5;
const WIDEST = 10.5; // in letter sizes
const LINE = 1.2;
const BELOW = 4;
const WAIT = 80;

const pen = document.createElement("canvas").getContext("2d");

/** Gives every label its usual size, as the layout reckons with. */
export function usualLabels(cy) {
  cy.nodes().removeData("labelSize labelWidth");
}

function sized(node, size) {
  const own = node.data("centre") ? LINE * size : size;
  if (node.data("labelSize") !== own) node.data({ labelSize: own, labelWidth: WIDEST * own });
}

function wrapped(caption, size, font) {
  pen.font = `${size}px ${font}`;
  const lines = [""];
  for (const word of caption.split(/\s+/)) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (lines.at(-1) && pen.measureText(longer).width > WIDEST * size) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** The caption of a node, line by line as it is drawn. */
export function linesOf(node) {
  return wrapped(node.data("caption"), node.data("labelSize") ?? USUAL, node.style("font-family"));
}

/** Width and height of a caption, wrapped as it is drawn. */
function extent(caption, size, font) {
  const lines = wrapped(caption, size, font);
  const width = Math.max(...lines.map((line) => pen.measureText(line).width));
  return { width, height: lines.length * LINE * size };
}

/** Where the label of a node is, or would be if the node stood at `place`. */
export function labelBox(node, place = node.position()) {
  const { x, y } = place;
  const { width, height } = extent(node.data("caption"), node.data("labelSize") ?? USUAL, node.style("font-family"));
  const top = y + node.data("size") / 2 + BELOW;
  return { x1: x - width / 2, x2: x + width / 2, y1: top, y2: top + height };
}

function byImportance(a, b) {
  const rank = (node) => (node.data("centre") ? 2 : 0) + (node.hasClass("near") ? 1 : 0);
  return rank(b) - rank(a) || b.data("size") - a.data("size") || (a.id() < b.id() ? -1 : 1);
}

/** Whether two boxes overlap. */
export function covers(a, b) {
  return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
}

/** Roughly where the label of a line is: upright around its middle, as it lies along the line. */
function edgeBox(edge) {
  pen.font = `${EDGE}px ${edge.style("font-family")}`;
  const [from, to] = [edge.source().position(), edge.target().position()];
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const length = pen.measureText(edge.data("caption")).width;
  const [w, h] = [Math.abs(length * Math.cos(angle)) + EDGE, Math.abs(length * Math.sin(angle)) + EDGE];
  const { x, y } = edge.midpoint();
  return { x1: x - w / 2, x2: x + w / 2, y1: y - h / 2, y2: y + h / 2 };
}

/** Sizes the labels for the present zoom and hides those that would lie on a more important one. */
function declutter(cy) {
  const size = Math.max(USUAL, SMALLEST_ON_SCREEN / cy.zoom());
  const taken = [];
  cy.batch(() => {
    cy.nodes().removeClass("mute").forEach((node) => sized(node, size));
    cy.nodes().sort(byImportance).forEach((node) => {
      const box = labelBox(node);
      if (taken.some((other) => covers(box, other))) node.addClass("mute");
      else taken.push(box);
    });
    const lines = [];
    cy.edges().removeClass("mute").filter(".told").forEach((edge) => {
      const box = edgeBox(edge);
      if (lines.some((other) => covers(box, other))) edge.addClass("mute");
      else lines.push(box);
    });
  });
}

/** Keeps the labels in order while the picture is zoomed; gives what must be called where it is changed otherwise. */
export function keepLegible(cy) {
  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => cy.destroyed() || declutter(cy), WAIT);
  };
  cy.on("zoom", soon);
  return soon;
}
