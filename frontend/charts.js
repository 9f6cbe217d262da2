/* Charts: draws what the server put into a page as a contract (commons/ui/methods/charts.py), and hands out the picture.
   Everything drawn stands in the table beside it as well, with the same links; without this file only the picture is missing. */
(() => {
  "use strict";

  const NARROW = 480; // pixels: below, a chart keeps its question and loses its ornaments
  const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];
  const DASHES = ["solid", [7, 4], [2, 3], [10, 3, 2, 3], [4, 4], [1, 2]];
  const PICTURE = { width: 1200, height: 720, foot: 76 };
  const PAPER_LABELS = 24; // marks: on paper nothing is told by pointing at it, so that up to so many bear their number

  /* --- the look, out of the tokens that hold where the chart stands --- */
  const lookOf = (element) => {
    const style = getComputedStyle(element);
    const token = (name) => style.getPropertyValue(name).trim();
    return {
      ink: token("--qt-ink"), quiet: token("--qt-ink-2"), line: token("--qt-line-2"), ground: token("--qt-surface"), over: token("--qt-over"),
      hues: [1, 2, 3, 4, 5, 6].map((n) => token(`--qt-hue-${n}`)), rest: token("--qt-hue-rest"),
      scale: [1, 2, 3, 4].map((n) => token(`--qt-scale-${n}`)), gap: token("--qt-gap"), text: style.fontFamily,
      size: Number.parseFloat(token("--qt-chart-text")) || 13,
    };
  };

  const shown = (c, value) => {
    if (value === null || value === undefined) return c.words.unknown;
    const places = { minimumFractionDigits: c.decimals, maximumFractionDigits: c.decimals };
    return Number(value).toLocaleString("en", places) + (c.unit ? ` ${c.unit}` : "");
  };
  const bare = (c, value) => shown({ ...c, unit: "" }, value);
  const ems = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 1 : 0.56), 0); // of a text in its own size
  const within = (text, most) => {
    let kept = text;
    while (ems(kept) > most) kept = kept.slice(0, -1);
    return kept === text ? text : `${kept.slice(0, -1)}…`;
  };
  const short = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
  const known = (values) => values.filter((value) => value !== null && value !== undefined);
  const hatch = (look) => ({ symbol: "rect", color: look.gap, dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 });

  const axis = (look, more) => ({
    axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false }, splitLine: { lineStyle: { color: look.line, opacity: 0.5 } },
    axisLabel: { color: look.quiet, fontSize: look.size - 1 }, nameTextStyle: { color: look.quiet, fontSize: look.size - 1 }, ...more,
  });
  const grid = (more) => ({ left: 8, right: 16, top: 24, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel", ...more });
  const frame = (look, told) => ({
    animation: false, color: look.hues, textStyle: { fontFamily: look.text, fontSize: look.size, color: look.ink }, aria: { enabled: false },
    tooltip: { renderMode: "richText", confine: true, backgroundColor: look.ground, borderColor: look.line, textStyle: { color: look.ink, fontFamily: look.text, fontSize: look.size }, ...told },
  });
  const legend = (look, names, more) => ({ show: names.length > 1, bottom: 0, left: 0, icon: "roundRect", itemWidth: 14, itemHeight: 8, textStyle: { color: look.quiet, fontSize: look.size - 1 }, data: names, ...more });
  const scaleOf = (look, c, values, more) => {
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    return { min: low, max: high === low ? low + 1 : high, calculable: false, text: [c.words.more, c.words.less], inRange: { color: look.scale }, itemWidth: 10, itemHeight: 90, textStyle: { color: look.quiet, fontSize: look.size - 1 }, ...more };
  };

  /* --- one function a kind: (contract, look, width, outline, height) -> option --- */
  /* How far each direct label must be moved so that none stands on another: pixels, by series. */
  const apart = (c, look, height) => {
    const last = (one) => one.marks.reduce((found, mark) => (mark.value === null ? found : mark.value), 0);
    const most = Math.max(1, ...c.series.flatMap((one) => one.marks.map((mark) => mark.value ?? 0)));
    const places = c.series.map((one, n) => ({ n, y: (1 - last(one) / most) * (height - 50) })).sort((a, b) => a.y - b.y);
    const moved = places.reduce((done, place) => [...done, { ...place, to: Math.max(place.y, (done.length ? done[done.length - 1].to : -1e6) + look.size + 2) }], []);
    const over = moved.length ? Math.max(0, moved[moved.length - 1].to - (height - 50)) : 0;
    return Object.fromEntries(moved.map((place) => [place.n, place.to - place.y - over]));
  };

  const line = (c, look, width, shape, height) => {
    const narrow = width < NARROW;
    const moves = apart(c, look, height);
    const many = c.series.length > 1;
    const direct = many && !narrow;
    const series = c.series.flatMap((one, n) => {
      const hue = look.hues[n % look.hues.length];
      const pick = (keep) => one.marks.map((mark, place) => (keep(mark, place) ? { ...mark, value: mark.value } : { value: null }));
      const lastSettled = one.marks.reduce((last, mark, place) => (!mark.provisional && mark.value !== null ? place : last), -1);
      const late = one.marks.some((mark) => mark.provisional && mark.value !== null);
      const look1 = { type: "line", symbol: SYMBOLS[n % SYMBOLS.length], symbolSize: one.marks.length > 40 ? 3 : 6, itemStyle: { color: hue }, cursor: "pointer", label: { show: Boolean(look.paper) && n === 0 && one.marks.length <= PAPER_LABELS, position: "top", color: look.ink, fontSize: look.size - 2, formatter: (item) => (item.data.value === null ? "" : bare(c, item.data.value)) } };
      const end = { endLabel: { show: direct, formatter: within(one.name, 13), color: hue, fontSize: look.size - 1, distance: 6, offset: [0, moves[n]], backgroundColor: look.ground, padding: [0, 2] } };
      const drawn = [{ ...look1, name: one.name, data: pick((mark) => !mark.provisional), lineStyle: { color: hue, width: 2, type: DASHES[n % DASHES.length] }, ...(late ? {} : end) }];
      if (late) {
        drawn.push({ ...look1, name: one.name, data: pick((mark, place) => mark.provisional || place === lastSettled), lineStyle: { color: hue, width: 1.5, type: [3, 4], opacity: 0.8 }, itemStyle: { color: look.ground, borderColor: hue, borderWidth: 1.5 }, ...end });
      }
      if (one.marks.some((mark) => mark.low !== undefined)) {
        const area = { type: "line", stack: `band-${n}`, symbol: "none", silent: true, tooltip: { show: false }, lineStyle: { opacity: 0 } };
        drawn.push({ ...area, data: one.marks.map((mark) => mark.low ?? null) });
        drawn.push({ ...area, data: one.marks.map((mark) => (mark.low === undefined ? null : mark.high - mark.low)), areaStyle: { color: hue, opacity: 0.18 } });
      }
      return drawn;
    });
    const first = c.labels.findIndex((_, place) => c.series.some((one) => one.marks[place].provisional));
    if (first >= 0 && series.length) {
      series[0].markArea = { silent: true, itemStyle: { color: look.gap, opacity: 0.16 }, label: { color: look.quiet, fontSize: look.size - 1, position: ["100%", -4], align: "right", verticalAlign: "bottom" }, data: [[{ name: c.words.provisional, xAxis: Math.max(0, first - 0.5) }, { xAxis: c.labels.length - 1 }]] };
    }
    const told = (items) => {
      const place = items[0].dataIndex;
      return [c.labels[place], ...c.series.map((one) => {
        const mark = one.marks[place];
        const band = mark.low === undefined ? "" : ` (${bare(c, mark.low)}–${bare(c, mark.high)})`;
        return `${one.name ? `${one.name}: ` : ""}${shown(c, mark.value)}${band}${mark.provisional ? ` · ${c.words.provisional}` : ""}`;
      })].join("\n");
    };
    const reach = direct ? 16 + Math.min(13, Math.max(...c.series.map((one) => ems(one.name)))) * look.size : 16;
    return {
      ...frame(look, { trigger: "axis", formatter: told }), legend: legend(look, c.series.map((one) => one.name), { show: many && narrow }),
      grid: grid({ right: reach, bottom: many && narrow ? 24 + 18 * Math.ceil(c.series.length / 3) : 8 }),
      xAxis: axis(look, { type: "category", data: c.labels, boundaryGap: false, splitLine: { show: false } }),
      yAxis: axis(look, { type: "value", axisLine: { show: false } }), series,
    };
  };

  const columns = (c, look, width, lying, height) => {
    const many = c.series.length > 1;
    const tight = lying ? Math.max(9, Math.min(look.size - 1, (height - 24) / c.labels.length - 1)) : look.size - 1; // each row has its name
    const names = axis(look, { type: "category", data: c.labels, inverse: lying, splitLine: { show: false }, axisLabel: { color: look.ink, fontSize: tight, interval: lying ? 0 : "auto", ...(lying ? { width: Math.min(width * 0.45, 16 * tight), overflow: "truncate" } : {}) } }); // bars keep half of it
    const values = axis(look, { type: "value", axisLine: { show: false }, axisLabel: { show: !lying, color: look.quiet, fontSize: look.size - 1 }, splitLine: { show: !lying, lineStyle: { color: look.line, opacity: 0.5 } } });
    const series = c.series.map((one, n) => ({
      type: "bar", name: one.name, stack: lying ? undefined : "all", barMaxWidth: lying ? 18 : 44, cursor: "pointer",
      label: { show: lying || (look.paper && !many && c.labels.length <= PAPER_LABELS), position: lying ? "right" : "top", color: look.ink, fontSize: tight, formatter: (item) => bare(c, item.data.value) },
      data: one.marks.map((mark) => ({ ...mark, itemStyle: mark.provisional ? { color: look.hues[n % 6], opacity: 0.55, decal: hatch(look) } : { color: look.hues[n % 6] } })),
    }));
    const told = (item) => `${c.labels[item.dataIndex]}${item.seriesName ? ` · ${item.seriesName}` : ""}\n${shown(c, item.data.value)}${item.data.provisional ? ` · ${c.words.provisional}` : ""}${item.data.note ? `\n${item.data.note}` : ""}`;
    return {
      ...frame(look, { trigger: "item", formatter: told }), legend: legend(look, c.series.map((one) => one.name)),
      grid: grid({ right: lying ? 64 : 16, top: 16, bottom: many ? 32 : 8 }), xAxis: lying ? values : names, yAxis: lying ? names : values, series,
    };
  };

  const heat = (c, look, width) => {
    const dark = 0.6 * Math.max(0, ...known(c.series.flatMap((one) => one.marks.map((mark) => mark.value))));
    const cells = c.series.flatMap((one, y) => one.marks.map((mark, x) => ({ ...mark, value: [x, y, mark.value], label: { color: mark.value > dark ? look.over : look.ink } })));
    const told = (item) => `${c.series[item.data.value[1]].name} · ${c.labels[item.data.value[0]]}\n${shown(c, item.data.value[2])}${item.data.note ? `\n${item.data.note}` : ""}`;
    const roomy = width / Math.max(1, c.labels.length) > 44;
    const widest = Math.max(0, ...c.labels.map((label) => ems(short(label, 10)))) * (look.size - 1);
    const level = roomy && widest < (width - 8 * look.size) / Math.max(1, c.labels.length); // else names would run into each other
    return {
      ...frame(look, { formatter: told }), grid: grid({ top: 8, bottom: 8, right: 8 }),
      xAxis: axis(look, { type: "category", data: c.labels, splitLine: { show: false }, axisLabel: { color: look.quiet, fontSize: look.size - 1, interval: 0, rotate: level ? 0 : 45, formatter: (text) => short(text, 10) } }),
      yAxis: axis(look, { type: "category", data: c.series.map((one) => one.name), inverse: true, splitLine: { show: false }, axisLabel: { color: look.ink, fontSize: look.size - 1, formatter: (text) => short(text, 14) } }),
      visualMap: scaleOf(look, c, known(cells.map((cell) => cell.value[2])), { show: false }),
      series: [{ type: "heatmap", data: cells.filter((cell) => cell.value[2] !== null), cursor: "pointer", itemStyle: { borderColor: look.ground, borderWidth: 2 }, label: { show: roomy, fontSize: look.size - 2, formatter: (item) => bare(c, item.data.value[2]) } }],
    };
  };

  const groupsOf = (things) => [...new Set(things.map((thing) => thing.group))].slice(0, 6);

  const scatter = (c, look) => {
    const groups = groupsOf(c.points);
    const largest = Math.max(1, ...known(c.points.map((point) => point.size)));
    const told = (item) => `${item.data.label}\n${c.x.name}: ${bare(c, item.data.value[0])}\n${c.y.name}: ${bare(c, item.data.value[1])}`;
    const cut = (line, name) => (line === null ? [] : [{ [name]: line }]);
    const series = groups.map((group, n) => ({
      type: "scatter", name: group, symbol: SYMBOLS[n], itemStyle: { color: look.hues[n], opacity: 0.85 }, cursor: "pointer",
      symbolSize: (value, item) => (item.data.size === null ? 10 : 8 + 26 * Math.sqrt(item.data.size / largest)),
      label: { show: true, position: "right", formatter: (item) => short(item.data.label, 12), color: look.ink, fontSize: look.size - 2 }, labelLayout: { hideOverlap: true },
      data: c.points.filter((point) => point.group === group && point.x !== null && point.y !== null).map((point) => ({ ...point, value: [point.x, point.y] })),
      markLine: n ? undefined : { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: look.quiet, type: [4, 4] }, data: [...cut(c.x.line, "xAxis"), ...cut(c.y.line, "yAxis")] },
    }));
    return {
      ...frame(look, { formatter: told }), legend: legend(look, groups), grid: grid({ right: 72, top: 32, bottom: groups.length > 1 ? 56 : 28 }),
      xAxis: axis(look, { type: "value", name: c.x.name, nameLocation: "middle", nameGap: 26, scale: true }), yAxis: axis(look, { type: "value", name: c.y.name, scale: true, nameTextStyle: { align: "left", color: look.quiet } }), series,
    };
  };

  const sankey = (c, look, width) => {
    const labels = Object.fromEntries(c.nodes.map((node) => [node.key, node.label]));
    const told = (item) => (item.dataType === "edge" ? `${labels[item.data.source]} → ${labels[item.data.target]}\n${shown(c, item.data.value)}` : `${labels[item.name]}\n${shown(c, item.value)}`);
    return {
      ...frame(look, { formatter: told }),
      series: [{
        type: "sankey", left: 8, right: width < NARROW ? 76 : 128, top: 12, bottom: 12, nodeGap: 10, nodeWidth: 12, draggable: false, cursor: "pointer", emphasis: { focus: "adjacency" },
        label: { color: look.ink, fontSize: look.size - 1, formatter: (item) => short(labels[item.name], width < NARROW ? 6 : 12) }, lineStyle: { color: "source", opacity: 0.35 },
        data: c.nodes.map((node, n) => ({ name: node.key, url: node.url, itemStyle: { color: look.hues[n % 6] } })), links: c.links,
      }],
    };
  };

  /* On a phone forty names are a ball of wool: the strongest stay, on the ellipse in the order they came. */
  const FEW = 12; // as selectors/charts.py says it
  const thinned = (c, width) => {
    if (width >= NARROW || c.nodes.length <= FEW) return c;
    const strongest = new Set([...c.nodes].sort((a, b) => b.size - a.size).slice(0, FEW).map((node) => node.key));
    const turn = (place) => (2 * Math.PI * (place + 0.5)) / FEW; // half a step on, so that none stands at the very top
    const nodes = c.nodes.filter((node) => strongest.has(node.key)).map((node, place) => ({ ...node, x: 0.5 + 0.5 * Math.cos(turn(place)), y: 0.5 + 0.5 * Math.sin(turn(place)) }));
    return { ...c, nodes, links: c.links.filter((link) => strongest.has(link.source) && strongest.has(link.target)), few: c.words.strongest };
  };

  const network = (whole, look, width, shape, height) => {
    const c = thinned(whole, width);
    const narrow = width < NARROW;
    const groups = groupsOf(c.nodes);
    const largest = Math.max(1, ...c.nodes.map((node) => node.size));
    const heaviest = Math.max(1, ...c.links.map((link) => link.value));
    const placed = c.nodes.every((node) => node.x !== null && node.y !== null);
    const labelled = [...c.nodes].sort((a, b) => b.size - a.size).slice(0, narrow ? FEW : 16).map((node) => node.key);
    const told = (item) => (item.dataType === "edge" ? `${item.data.told}\n${shown(c, item.data.value)}` : `${item.data.label_}\n${bare(c, item.data.value)}`);
    const names = Object.fromEntries(c.nodes.map((node) => [node.key, node.label]));
    const outwards = (node) => (node.x === null ? "right" : !narrow && node.y < 0.2 ? "top" : !narrow && node.y > 0.8 ? "bottom" : node.x < 0.5 ? "left" : "right");
    const aside = narrow ? 92 : 160; // labels stand outwards, away from the lines
    const dot = narrow ? [6, 14] : [8, 28];
    return {
      ...frame(look, { formatter: told }), legend: legend(look, groups.filter(Boolean)),
      title: c.few ? { text: c.few, left: 0, top: 0, textStyle: { color: look.quiet, fontSize: look.size - 1, fontWeight: "normal", width, overflow: "break" } } : undefined,
      series: [{
        type: "graph", layout: placed ? "none" : "circular", left: aside, right: aside, top: c.few ? 56 : 30, bottom: 60, cursor: "pointer", emphasis: { focus: "adjacency" }, labelLayout: { hideOverlap: true },
        categories: groups.map((name, n) => ({ name, symbol: SYMBOLS[n], itemStyle: { color: look.hues[n] } })), lineStyle: { color: look.quiet, opacity: 0.4 },
        data: c.nodes.map((node) => ({ id: node.key, name: node.key, label_: node.label, url: node.url, value: node.size, x: placed ? node.x * (width - 2 * aside) : undefined, y: placed ? node.y * (height - (c.few ? 116 : 90)) : undefined, category: Math.max(0, groups.indexOf(node.group)), symbolSize: dot[0] + dot[1] * Math.sqrt(node.size / largest), itemStyle: groups.includes(node.group) ? undefined : { color: look.rest }, label: { show: labelled.includes(node.key), position: outwards(node), formatter: narrow ? within(node.label, 6.5) : short(node.label, 12), color: look.ink, fontSize: look.size - 2 } })),
        links: c.links.map((link) => ({ ...link, told: `${names[link.source]} – ${names[link.target]}`, lineStyle: { width: 1 + 5 * (link.value / heaviest) } })),
      }],
    };
  };

  /* Nodes over time, arrows from the older to the younger; strong links stand out. */
  const path = (c, look, width) => {
    const groups = groupsOf(c.nodes);
    const heaviest = Math.max(1, ...c.links.map((link) => link.value));
    const names = Object.fromEntries(c.nodes.map((node) => [node.key, node.label]));
    const lanes = c.nodes.map((node) => node.y);
    const told = (item) => (item.dataType === "edge" ? `${item.data.told}\n${shown(c, item.data.weight)}` : `${item.data.label_}\n${item.data.when} · ${groups[item.data.category]}`);
    const size = (node) => (width < NARROW ? 6 + Math.min(4, node.size - 1) : 12 + 3 * Math.min(4, node.size - 1));
    return {
      ...frame(look, { formatter: told }), legend: legend(look, groups), grid: grid({ left: 24, right: 36, top: 24, bottom: groups.length > 1 ? 36 : 8 }),
      xAxis: axis(look, { type: "category", data: c.labels, boundaryGap: true, axisLine: { show: false }, splitLine: { show: true, lineStyle: { color: look.line, opacity: 0.35 } } }),
      yAxis: { type: "value", show: false, min: Math.min(...lanes) - 0.6, max: Math.max(...lanes) + 0.6 },
      series: [{
        type: "graph", coordinateSystem: "cartesian2d", layout: "none", cursor: "pointer", edgeSymbol: ["none", "arrow"], edgeSymbolSize: width < NARROW ? 5 : 8, emphasis: { focus: "adjacency" }, labelLayout: { hideOverlap: true },
        categories: groups.map((name, n) => ({ name, symbol: SYMBOLS[n], itemStyle: { color: look.hues[n] } })),
        data: c.nodes.map((node) => ({ id: node.key, name: node.key, label_: node.label, when: c.labels[node.x], url: node.url, value: [node.x, node.y], category: Math.max(0, groups.indexOf(node.group)), symbolSize: size(node), label: { show: width >= NARROW, position: "top", formatter: short(node.label, 16), color: look.ink, fontSize: look.size - 3 } })),
        links: c.links.map((link) => ({ source: link.source, target: link.target, url: link.url, weight: link.value, told: `${names[link.source]} → ${names[link.target]}`, lineStyle: { color: link.strong ? look.hues[1] : look.quiet, opacity: link.strong ? 0.95 : 0.45, width: (link.strong ? 2 : 1) + 2 * (link.value / heaviest), curveness: 0.12 } })),
      }],
    };
  };

  /* --- maps: outlines are fetched once, kept by address --- */
  const outlines = new Map();
  const codeOf = (feature) => String(feature.properties.code ?? feature.properties.adcode ?? feature.properties.iso_a2 ?? feature.properties.name);
  const centreOf = (feature) => {
    if (feature.properties.label_point) return feature.properties.label_point;
    const rings = feature.geometry.type === "Polygon" ? [feature.geometry.coordinates[0]] : feature.geometry.coordinates.map((one) => one[0]);
    const points = rings.sort((a, b) => b.length - a.length)[0];
    const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
    return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
  };
  const registered = (address, found) => {
    const shape = { ...found, features: found.features.filter((one) => one.geometry).map((one) => ({ ...one, properties: { ...one.properties, name: codeOf(one), ...(one.properties.label_point ? { cp: one.properties.label_point } : {}) } })) };
    window.echarts.registerMap(address, shape);
    return shape;
  };
  const outlineOf = (address) => {
    if (!outlines.has(address)) outlines.set(address, fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(address)))).then((found) => registered(address, found)));
    return outlines.get(address);
  };

  const map = (c, look, width, shape, height) => {
    const spots = c.regions.flatMap((region) => region.parts.map((part) => [part, region]));
    const byPart = Object.fromEntries(spots);
    const data = spots.filter(([, region]) => region.value !== null).map(([part, region]) => ({ name: part, value: region.value, url: region.url }));
    const told = (item) => {
      if (item.seriesType === "lines") return `${item.data.told}\n${shown(c, item.data.value)}`;
      const region = byPart[item.name];
      return region ? `${region.label}\n${shown(c, region.value)}` : "";
    };
    const arcs = c.links.length > 0;
    const face = {
      map: c.outline, preserveAspect: "contain", label: { show: !arcs && width >= NARROW, color: look.ink, fontSize: look.size - 2, textBorderColor: look.ground, textBorderWidth: 2, formatter: (item) => (byPart[item.name] && byPart[item.name].parts[0] === item.name ? byPart[item.name].label : "") },
      labelLayout: { hideOverlap: true }, itemStyle: { areaColor: look.gap, borderColor: look.ground, borderWidth: 1 }, cursor: "pointer", selectedMode: false,
      emphasis: { label: { show: !arcs, color: look.ink }, itemStyle: { areaColor: look.hues[3] } },
    };
    // the middle of the city larger: beside the whole, above it where the picture is higher than wide
    const parted = c.inset && width >= NARROW;
    const above = parted && height > width;
    const narrow = width < NARROW; // the scale lies below the map there, which leaves no corner free
    const place = { left: parted && !above ? "34%" : 12, right: 12, top: above ? "48%" : 12, bottom: narrow ? 34 : 12 };
    const series = [{ type: "map", ...face, ...(arcs ? { geoIndex: 0 } : place), data }];
    if (parted) {
      const box = c.inset;
      const inside = shape.features.filter((one) => { const [x, y] = centreOf(one); return x >= box.west && x <= box.east && y >= box.south && y <= box.north; });
      window.echarts.registerMap(`${c.outline}#inset`, { ...shape, features: inside });
      const codes = new Set(inside.map(codeOf));
      series[0].label = { ...face.label, formatter: (item) => (codes.has(item.name) ? "" : face.label.formatter(item)) };
      series.push({ type: "map", ...face, map: `${c.outline}#inset`, ...(above ? { left: "24%", right: 12, height: "43%" } : { left: 12, width: "38%", height: "50%", preserveAspectAlign: "left", preserveAspectVerticalAlign: "top" }), top: 12, data });
    }
    if (arcs) {
      const centres = Object.fromEntries(shape.features.map((one) => [codeOf(one), centreOf(one)]));
      const heaviest = Math.max(...c.links.map((link) => link.value));
      const name = (code) => (byPart[code] ? byPart[code].label : code);
      series.push({ type: "lines", coordinateSystem: "geo", cursor: "pointer", symbol: ["none", "arrow"], symbolSize: 7, lineStyle: { color: look.hues[1], opacity: 0.65, curveness: 0.25 }, data: c.links.filter((link) => centres[link.source] && centres[link.target]).map((link) => ({ coords: [centres[link.source], centres[link.target]], value: link.value, url: link.url, told: `${name(link.source)} → ${name(link.target)}`, lineStyle: { width: 1 + 5 * (link.value / heaviest) } })) });
    }
    return {
      ...frame(look, { formatter: told }), ...(arcs ? { geo: { map: c.outline, preserveAspect: "contain", left: 12, right: 12, top: 12, bottom: narrow ? 34 : 12, itemStyle: face.itemStyle, emphasis: { disabled: true } } } : {}),
      visualMap: scaleOf(look, c, known(c.regions.map((region) => region.value)), { ...(narrow ? { orient: "horizontal", left: "center", bottom: 0 } : { left: 8, ...(above ? { top: 8 } : { bottom: 8 }) }), seriesIndex: series.map((_, n) => n).filter((n) => series[n].type === "map") }), series,
    };
  };

  const KINDS = { line, heat, scatter, sankey, network, path, map, bar: (c, look, width, shape, height) => columns(c, look, width, true, height), stacked: (c, look, width, shape, height) => columns(c, look, width, false, height) };
  const heightOf = (c) => {
    if (c.kind === "bar") return 32 + c.labels.length * (c.series.length > 1 ? 16 + 14 * c.series.length : 28);
    if (c.kind === "path") return Math.max(220, 90 + 46 * (1 + Math.max(...c.nodes.map((node) => node.y)) - Math.min(...c.nodes.map((node) => node.y))));
    return c.kind === "heat" ? 64 + c.series.length * 30 : null;
  };

  /* --- the picture as a file: title above, citation below, on the paper's own ground --- */
  const save = (href, name) => {
    const link = document.createElement("a");
    link.href = href;
    link.download = name;
    link.click();
  };
  const picture = (c, look, shape, citation, form) => {
    const height = Math.max(PICTURE.height, heightOf(c) || 0);
    const option = KINDS[c.kind](c, { ...look, size: 15 }, PICTURE.width, shape, height - 56 - PICTURE.foot);
    const lift = (box) => ({ ...box, top: (typeof box.top === "number" ? box.top : 0) + 56, bottom: (typeof box.bottom === "number" ? box.bottom : 0) + PICTURE.foot });
    if (option.grid) option.grid = lift(option.grid);
    else option.series = option.series.map((one) => (one.type === "lines" ? one : one.height ? { ...one, top: one.top + 56 } : lift(one)));
    if (option.geo) option.geo = lift(option.geo);
    for (const part of ["legend", "visualMap"]) if (option[part]) option[part].bottom = (option[part].bottom || 0) + PICTURE.foot;
    option.backgroundColor = look.ground;
    option.title = { text: c.title + (c.unit ? ` (${c.unit})` : ""), left: 24, top: 14, textStyle: { fontSize: 22, color: look.ink, fontFamily: look.text } };
    option.graphic = [{ type: "text", left: 24, bottom: 14, style: { text: citation, width: PICTURE.width - 48, overflow: "break", fontSize: 13, lineHeight: 18, fill: look.quiet, fontFamily: look.text } }];
    const size = { width: PICTURE.width, height };
    if (form === "svg") {
      const drawn = window.echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
      drawn.setOption(option);
      const address = URL.createObjectURL(new Blob([drawn.renderToSVGString()], { type: "image/svg+xml" }));
      drawn.dispose();
      save(address, `${c.key}.svg`);
      setTimeout(() => URL.revokeObjectURL(address), 10000);
      return;
    }
    const drawn = window.echarts.init(document.createElement("div"), null, { renderer: "canvas", devicePixelRatio: 2, ...size });
    drawn.setOption(option);
    save(drawn.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: look.ground }), `${c.key}.png`);
    drawn.dispose();
  };

  /* --- a figure of the page --- */
  const draw = async (figure) => {
    const canvas = figure.querySelector(".qt-chart-canvas");
    const told = document.getElementById(`chart-${figure.dataset.chart}-contract`);
    if (!canvas || !told || figure.dataset.drawn) return;
    figure.dataset.drawn = "begun";
    const c = JSON.parse(told.textContent);
    const look = lookOf(figure);
    // a canvas does not wait for the parts of a font that its text needs
    if (document.fonts && document.fonts.load) await document.fonts.load(`${look.size}px ${look.text}`, JSON.stringify(c)).catch(() => null);
    const shape = c.kind === "map" ? await outlineOf(c.outline) : null;
    if (heightOf(c) && !figure.closest(".qt-screen")) canvas.style.height = `${heightOf(c)}px`;
    const drawn = window.echarts.init(canvas, null, { renderer: "canvas" });
    const redraw = () => {
      drawn.resize();
      drawn.setOption(KINDS[c.kind](c, look, canvas.clientWidth, shape, canvas.clientHeight), { notMerge: true });
    };
    redraw();
    drawn.on("click", (item) => item.data && item.data.url && window.location.assign(item.data.url));
    let asked = 0;
    const sizeOf = () => `${canvas.clientWidth} ${canvas.clientHeight}`; // the height too: on a screen it is what the line below leaves
    let size = sizeOf();
    new ResizeObserver(() => {
      if (sizeOf() === size) return;
      size = sizeOf();
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(redraw);
    }).observe(canvas);
    const tools = figure.querySelector(".qt-chart-tools");
    figure.querySelectorAll("[data-picture]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => picture(c, look, shape, tools.dataset.citation, button.dataset.picture));
    });
    figure.dataset.drawn = "yes";
  };

  const broken = (figure) => {
    figure.dataset.drawn = "failed";
    figure.querySelectorAll(".qt-chart-canvas").forEach((one) => { one.hidden = true; });
    figure.querySelectorAll(".qt-chart-broken").forEach((one) => { one.hidden = false; });
    figure.querySelectorAll(".qt-chart-twin").forEach((one) => { one.open = true; });
  };
  const drawAll = (root) => root.querySelectorAll("figure[data-chart]").forEach((figure) => draw(figure).catch(() => broken(figure)));

  /* --- on the server, for paper: commons/ui/services/drawing.py hands over contracts and the look, and takes SVG --- */
  const onPaper = (c, look, width, height, found) => {
    const high = heightOf(c) || height;
    const shape = c.kind === "map" ? registered(c.outline, found) : null;
    const drawn = window.echarts.init(null, null, { renderer: "svg", ssr: true, width, height: high });
    drawn.setOption({ ...KINDS[c.kind](c, look, width, shape, high), backgroundColor: look.ground });
    const told = drawn.renderToSVGString();
    drawn.dispose();
    return told;
  };
  window.qtOnPaper = onPaper;
  if (!window.document) return;

  const begin = () => drawAll(document);
  if (document.fonts && document.fonts.ready) document.fonts.ready.then(begin);
  else begin();
  document.addEventListener("htmx:load", (event) => drawAll(event.target instanceof Element ? event.target : document));
})();
