// The shapes of the ontology's glyphs as small SVG pictures for the legend, and the marks drawn inside nodes.

const SVG = "http://www.w3.org/2000/svg";

const OUTLINES = {
  triangle: "8,2 15,14 1,14",
  diamond: "8,1 15,8 8,15 1,8",
  "round-diamond": "8,1 15,8 8,15 1,8",
  hexagon: "4.5,2 11.5,2 15,8 11.5,14 4.5,14 1,8",
  octagon: "5,1 11,1 15,5 15,11 11,15 5,15 1,11 1,5",
  tag: "1,3 10,3 15,8 10,13 1,13",
  "cut-rectangle": "4,3 12,3 15,6 15,10 12,13 4,13 1,10 1,6",
  rectangle: "1,3 15,3 15,13 1,13",
  barrel: "2,3 14,3 15,8 14,13 2,13 1,8",
};

/** An SVG element with its attributes. */
export function drawn(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** The outline of a glyph in a square of 16. */
export function outline(glyph, paint) {
  if (glyph === "ellipse") return drawn("circle", { cx: 8, cy: 8, r: 6.5, ...paint });
  if (glyph === "round-rectangle") return drawn("rect", { x: 1, y: 3, width: 14, height: 10, rx: 3.5, ...paint });
  return drawn("polygon", { points: OUTLINES[glyph] ?? OUTLINES.rectangle, "stroke-linejoin": "round", ...paint });
}

/** The legend picture of a glyph in its colour. */
export function glyphPicture(glyph, colour) {
  const picture = drawn("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" });
  picture.append(outline(glyph, { fill: colour, stroke: "currentColor", "stroke-width": 0.9, "stroke-opacity": 0.55 }));
  return picture;
}

const MARKS = {
  planned: ["M8 2.6a5.4 5.4 0 1 1 0 10.8 5.4 5.4 0 0 1 0-10.8", "M8 4.8V8l2.4 1.6"],
  rumoured: ["M5.2 6a2.8 2.6 0 1 1 3.9 2.4c-.8.4-1.1.8-1.1 1.6", "M8 12.4v.1"],
  denied: ["M4 4l8 8M12 4l-8 8"],
  ended: ["M3.6 8h8.8"],
};

/** The mark of a status in a square of 16; null where the status needs none. */
export function markPaths(status) {
  if (!(status in MARKS)) return null;
  const group = drawn("g", { fill: "none", stroke: "white", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" });
  group.append(...MARKS[status].map((d) => drawn("path", { d })));
  return group;
}

/** What is drawn inside a node of that status, as a data URI; "none" where the status needs no mark. */
export function statusMark(status) {
  const mark = markPaths(status);
  if (mark === null) return "none";
  const picture = drawn("svg", { width: 32, height: 32, viewBox: "0 0 16 16" });
  picture.append(mark);
  return `data:image/svg+xml;utf8,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`;
}
