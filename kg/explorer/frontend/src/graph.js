// A Streamlit component that draws a scene and tells Python what was picked, expanded or hidden.
//
// data: elements (cytoscape elements), legend (rows), layout (a key: a new one lays everything out anew), picked (id or
// null). Triggers: picked {id} (id null: nothing), expanded {id}, toggled {name}. One instance lives as long as the
// element does: a rerun with new data changes the scene and leaves zoom, pan and positions alone.

import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

import { listen } from "./keyboard.js";
import { keepLegible } from "./labels.js";
import { addBeside, fitAll, layOut } from "./layout.js";
import { paper, stylesheet, themeKey } from "./look.js";
import { buildFrame, fillLegend } from "./panel.js";

cytoscape.use(fcose);

const FEW_EDGES = 12;
// What an element may lose from one scene to the next.
const CHANGING = { centre: undefined, status: undefined, always: undefined };
const drawings = new WeakMap();

function savePicture(drawing) {
  const link = document.createElement("a");
  link.href = drawing.cy.png({ full: true, scale: 2, maxWidth: 6000, maxHeight: 6000, bg: paper(drawing.canvas) });
  link.download = "graph.png";
  link.click();
}

function tellFew(edges) {
  if (edges.length <= FEW_EDGES) edges.addClass("told");
}

/** Marks what is picked and steps back from what does not touch it. */
function highlight(drawing, id) {
  const { cy } = drawing;
  cy.batch(() => {
    cy.elements().removeClass("picked dim told lit hovered near");
    tellFew(cy.edges());
    const element = id === null ? cy.collection() : cy.getElementById(id);
    if (element.empty()) return;
    const near = element.isNode() ? element.closedNeighborhood() : element.connectedNodes().union(element);
    element.addClass("picked");
    cy.elements().not(near).addClass("dim");
    near.edges().addClass("lit");
    near.nodes().addClass("near");
    tellFew(near.edges());
  });
}

function pick(drawing, id) {
  highlight(drawing, id);
  drawing.tidyLabels();
  drawing.send("picked", { id });
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
    drawing.picked = event.target === cy ? null : event.target.id();
    pick(drawing, drawing.picked);
  });
  cy.on("dbltap", "node", (event) => drawing.send("expanded", { id: event.target.id() }));
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
  const drawing = { picked: null, layout: null, moved: false, places: new Map() };
  const frame = buildFrame(root, {
    closer: () => zoomBy(drawing.cy, 1.25),
    wider: () => zoomBy(drawing.cy, 0.8),
    fit: () => fitAll(drawing.cy),
    save: () => savePicture(drawing),
  });
  Object.assign(drawing, frame);
  drawing.cy = cytoscape({ container: frame.canvas, style: stylesheet(frame.canvas), minZoom: 0.1, maxZoom: 3 });
  frame.canvas.drawing = drawing;
  drawing.tidyLabels = keepLegible(drawing.cy);
  onHover(drawing);
  onTaps(drawing);
  listen(frame.canvas, drawing.cy, (text) => (frame.live.textContent = text), {
    pick: (node) => pick(drawing, (drawing.picked = node.id())),
    expand: (node) => drawing.send("expanded", { id: node.id() }),
    fit: () => fitAll(drawing.cy),
    clear: () => pick(drawing, (drawing.picked = null)),
  });
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
  const anew = drawing.layout !== data.layout;
  if (anew) drawing.places.clear();
  const added = replaceElements(drawing, data.elements);
  if (anew) {
    drawing.moved = false;
    layOut(drawing.cy);
  } else if (added.length) addBeside(drawing.cy, drawing.cy.collection(added));
  drawing.layout = data.layout;
  drawing.picked = data.picked ?? null;
  highlight(drawing, drawing.picked);
  drawing.tidyLabels();
}

export default function render({ parentElement, data, setTriggerValue }) {
  let drawing = drawings.get(parentElement);
  if (!drawing) drawings.set(parentElement, (drawing = create(parentElement)));
  drawing.send = setTriggerValue;
  fillLegend(drawing.legend, data.legend, (name) => setTriggerValue("toggled", { name }));
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
