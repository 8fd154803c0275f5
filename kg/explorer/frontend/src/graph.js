// A Streamlit component that draws a scene and tells Python what was done to it.
//
// data: elements (cytoscape elements), legend (rows), layout (a key: a new one lays everything out anew), picked (id or
// null), pinned (id, x, y of each), able (undo, redo: whether there is a step to take; null: the picture is to be looked
// at only). Trigger: acted {what, id, ...},
// where `what` is pick (id null: nothing), expand, centre, pin (with x and y; without, let go), hide, toggle (id: the
// name of a type), undo or redo. One instance lives as long as the element does: a rerun with new data changes the
// scene and leaves zoom, pan and positions alone.

import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

import { listen } from "./keyboard.js";
import { keepLegible } from "./labels.js";
import { addBeside, fitAll, layOut } from "./layout.js";
import { stylesheet, themed, themeKey } from "./look.js";
import { buildFrame, enableTools, fillLegend } from "./panel.js";
import { asSvg } from "./svg.js";

cytoscape.use(fcose);

const FEW_EDGES = 12;
// What an element may lose from one scene to the next.
const CHANGING = { centre: undefined, status: undefined, always: undefined, pinned: undefined };
const drawings = new WeakMap();

function saveAs(name, address) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

function savePng({ cy, canvas }) {
  saveAs("graph.png", cy.png({ full: true, scale: 2, maxWidth: 6000, maxHeight: 6000, bg: themed(canvas).paper }));
}

function saveSvg({ cy, canvas }) {
  const address = URL.createObjectURL(new Blob([asSvg(cy, themed(canvas))], { type: "image/svg+xml" }));
  saveAs("graph.svg", address);
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function tellFew(edges) {
  if (edges.length <= FEW_EDGES) edges.addClass("told");
}

/** A node with its neighbours; an event lies on the way to its other parties. */
function around(node) {
  const events = node.data("event") ? node.cy().collection() : node.neighborhood("node[?event]");
  return node.closedNeighborhood().union(events.closedNeighborhood());
}

/** Marks what is picked and steps back from what does not touch it. */
function highlight(drawing, id) {
  const { cy } = drawing;
  cy.batch(() => {
    cy.elements().removeClass("picked dim told lit hovered near");
    tellFew(cy.edges());
    const element = id === null ? cy.collection() : cy.getElementById(id);
    if (element.empty()) return;
    const near = element.isNode() ? around(element) : element.connectedNodes().union(element);
    element.addClass("picked");
    cy.elements().not(near).addClass("dim");
    near.edges().addClass("lit");
    near.nodes().addClass("near");
    tellFew(near.edges());
  });
}

function able(drawing) {
  const node = target(drawing) !== null;
  enableTools(drawing.tools, { ...drawing.able, expand: node, centre: node, pin: node, hide: node });
}

/** The node that a tool or key acts on: the one reached by keyboard, else the picked one. */
function target({ cy, picked }) {
  const node = cy.nodes(".walked")[0] ?? (picked === null ? undefined : cy.getElementById(picked)[0]);
  return node?.isNode() ? node : null;
}

function pick(drawing, id) {
  drawing.picked = id;
  highlight(drawing, id);
  drawing.tidyLabels();
  able(drawing);
  drawing.send({ what: "pick", id });
}

/** Where a node stands, in whole steps: what an address can hold. */
function place(node) {
  return { id: node.id(), x: Math.round(node.position("x")), y: Math.round(node.position("y")) };
}

function pin(drawing, node) {
  drawing.send(node.data("pinned") ? { what: "pin", id: node.id() } : { what: "pin", ...place(node) });
}

/** Does what a tool or key is called for. */
function act(drawing, what) {
  const { cy } = drawing;
  const node = target(drawing);
  const own = {
    closer: () => zoomBy(cy, 1.25),
    wider: () => zoomBy(cy, 0.8),
    fit: () => fitAll(cy),
    PNG: () => savePng(drawing),
    SVG: () => saveSvg(drawing),
    help: () => (drawing.help.hidden = !drawing.help.hidden),
    pick: () => node && pick(drawing, node.id()),
    clear: () => {
      drawing.help.hidden = true;
      cy.nodes().removeClass("walked");
      pick(drawing, null);
    },
    pin: () => node && pin(drawing, node),
  };
  if (what in own) own[what]();
  else if (what === "undo" || what === "redo") drawing.able[what] && drawing.send({ what });
  else if (node) drawing.send({ what, id: node.id() });
}

function onHover(drawing) {
  const { cy } = drawing;
  cy.on("mouseover", "node, edge", (event) => {
    const edges = event.target.isNode() ? event.target.connectedEdges() : event.target;
    edges.addClass("lit");
    tellFew(edges);
    if (event.target.isNode()) event.target.addClass("hovered");
    drawing.canvas.style.cursor = "pointer";
  });
  cy.on("mouseout", "node, edge", () => {
    drawing.canvas.style.cursor = "";
    highlight(drawing, drawing.picked);
  });
}

function onTaps(drawing) {
  const { cy } = drawing;
  cy.on("tap", (event) => {
    cy.nodes().removeClass("walked");
    pick(drawing, event.target === cy ? null : event.target.id());
  });
  cy.on("dbltap", "node", (event) => drawing.send({ what: "expand", id: event.target.id() }));
  cy.on("dragfree", "node[?pinned]", (event) => drawing.send({ what: "pin", ...place(event.target) }));
}

function zoomBy(cy, factor) {
  cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
}

/** Cytoscape draws on a canvas: it has to be told when the theme or the size changes. */
function watch(drawing) {
  const { cy, canvas } = drawing;
  let theme = themeKey(canvas);
  const restyle = () => {
    if (themeKey(canvas) === theme) return;
    theme = themeKey(canvas);
    cy.style(stylesheet(canvas));
  };
  const resized = new ResizeObserver(() => (drawing.moved ? cy.resize() : fitAll(cy)));
  resized.observe(canvas);
  const themes = setInterval(restyle, 500);
  cy.on("dragpan scrollzoom pinchzoom", () => (drawing.moved = true));
  return () => {
    resized.disconnect();
    clearInterval(themes);
  };
}

function create(root) {
  const drawing = { picked: null, layout: null, moved: false, places: new Map(), able: {} };
  Object.assign(drawing, buildFrame(root, (what) => act(drawing, what)));
  const { canvas } = drawing;
  drawing.cy = cytoscape({ container: canvas, style: stylesheet(canvas), minZoom: 0.1, maxZoom: 3 });
  canvas.drawing = drawing;
  drawing.tidyLabels = keepLegible(drawing.cy);
  onHover(drawing);
  onTaps(drawing);
  const walked = (text) => {
    drawing.live.textContent = text;
    able(drawing);
  };
  listen(canvas, drawing.cy, walked, (what) => act(drawing, what));
  drawing.stop = watch(drawing);
  return drawing;
}

/** Takes away what is gone, changes what stays, adds what is new; edges without both ends are left out. */
function replaceElements(drawing, elements) {
  const { cy, places } = drawing;
  const wanted = new Set(elements.map((element) => element.data.id));
  cy.nodes().forEach((node) => void places.set(node.id(), { ...node.position() }));
  const added = [];
  cy.batch(() => {
    cy.elements().filter((element) => !wanted.has(element.id())).remove();
    for (const { data } of [...elements].sort((a, b) => ("source" in a.data) - ("source" in b.data))) {
      const standing = cy.getElementById(data.id);
      if (standing.nonempty()) standing.data({ ...CHANGING, ...data });
      else if (!("source" in data)) added.push(cy.add({ data, position: places.get(data.id) }));
      else if (wanted.has(data.source) && wanted.has(data.target)) cy.add({ data });
    }
  });
  return added.filter((node) => !places.has(node.id()));
}

function draw(drawing, data) {
  const { cy } = drawing;
  const anew = drawing.layout !== data.layout;
  if (anew) drawing.places.clear();
  const added = replaceElements(drawing, data.elements);
  if (anew) {
    drawing.moved = false;
    layOut(cy, data.pinned);
  } else if (added.length) addBeside(cy, cy.collection(added));
  drawing.layout = data.layout;
  drawing.picked = data.picked ?? null;
  drawing.able = data.able ?? {};
  highlight(drawing, drawing.picked);
  drawing.tidyLabels();
  able(drawing);
}

export default function render({ parentElement, data, setTriggerValue }) {
  let drawing = drawings.get(parentElement);
  if (!drawing) drawings.set(parentElement, (drawing = create(parentElement)));
  const plain = data.able === null;
  drawing.send = (told) => plain || setTriggerValue("acted", told);
  drawing.frame.classList.toggle("plain", plain);
  fillLegend(drawing.legend, data.legend, plain ? null : (name) => drawing.send({ what: "toggle", id: name }));
  try {
    draw(drawing, data);
    drawing.message.textContent = "";
  } catch (error) {
    drawing.message.textContent = `The picture could not be drawn (${error.message}). The table below holds the same relations.`;
  }
  drawing.canvas.dataset.drawn = String(Number(drawing.canvas.dataset.drawn ?? 0) + 1);
  return () => {
    drawing.stop();
    drawing.cy.destroy();
    drawing.frame.remove();
    drawings.delete(parentElement);
  };
}
