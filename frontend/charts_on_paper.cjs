/* Draws charts without a browser: {echarts, charts: addresses of scripts; look; figures: [{contract, width, height, outline}]}
   comes in as JSON, a list of SVG goes out. The drawing itself is that of the page (charts.js). */
"use strict";

const { readFileSync } = require("node:fs");

const asked = JSON.parse(readFileSync(0, "utf8"));
globalThis.window = { echarts: require(asked.echarts) };
require(asked.charts);
const outlines = new Map();
const outlineOf = (path) => {
  if (path && !outlines.has(path)) outlines.set(path, JSON.parse(readFileSync(path, "utf8")));
  return path ? outlines.get(path) : null;
};
const drawn = asked.figures.map((one) => window.qtOnPaper(one.contract, asked.look, one.width, one.height, outlineOf(one.outline)));
process.stdout.write(JSON.stringify(drawn));
