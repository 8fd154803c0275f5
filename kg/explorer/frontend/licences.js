// Writes the licences of all packages that are in the bundle beside it.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const bundled = Object.entries(packages).filter(([path, entry]) => path && !entry.dev);
const texts = bundled.map(([path, { version }]) => {
  const licence = readdirSync(path).find((name) => /^licen[cs]e/i.test(name));
  return `${path.replace("node_modules/", "")} ${version}\n\n${readFileSync(`${path}/${licence}`, "utf8").trim()}\n`;
});
writeFileSync("build/LICENSES.txt", texts.join(`\n${"-".repeat(80)}\n\n`));
