// The pictures of the tools, drawn with strokes in the colour of the text.

const SVG = "http://www.w3.org/2000/svg";

const STROKES = {
  undo: "M6.5 3.5 3 7l3.5 3.5M3.2 7H9.5a3.6 3.6 0 0 1 0 7.2H7",
  redo: "M9.5 3.5 13 7l-3.5 3.5M12.8 7H6.5a3.6 3.6 0 0 0 0 7.2H9",
  closer: "M8 3v10M3 8h10",
  wider: "M3 8h10",
  fit: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
  expand: "M8 5.2v5.6M5.2 8h5.6M8 1.6a6.4 6.4 0 1 1 0 12.8A6.4 6.4 0 0 1 8 1.6",
  centre: "M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3M8 5.6a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8",
  pin: "M5.5 2h5l-.8 4.6 2.3 2.2H4l2.3-2.2zM8 8.8V14",
  hide: "M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4M3 13.5 13 2.5",
  help: "M5.6 5.8a2.4 2.3 0 1 1 3.4 2.1c-.7.4-1 .8-1 1.6M8 12.3v.1",
};

/** A tool's picture; null where it has none and says its name instead. */
export function icon(name) {
  if (!(name in STROKES)) return null;
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("width", "16");
  picture.setAttribute("height", "16");
  picture.setAttribute("aria-hidden", "true");
  const stroke = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({
    d: STROKES[name],
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "1.5",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  })) stroke.setAttribute(key, value);
  picture.append(stroke);
  return picture;
}
