/* The results desk: the years by keyboard and by drawing over them, a text from hit to hit. Nothing here is needed to
   use the pages; all of it works on what the server drew. */
(() => {
  "use strict";

  /* --- the years: one stop of the Tab key, arrows inside it; Shift with an arrow, or drawing, makes a span --- */
  const chartOf = (target) => (target instanceof Element ? target.closest("[data-years]") : null);
  const barsOf = (chart) => [...chart.querySelectorAll("a[data-low]")];

  const tell = (chart, bars) => {
    const told = chart.querySelector("output");
    const counted = bars.reduce((sum, bar) => sum + Number(bar.dataset.count), 0);
    const [first, last] = [bars[0].dataset.low, bars[bars.length - 1].dataset.high];
    const label = first === last ? first : `${first}–${last}`;
    told.textContent = told.dataset.told.replace("{label}", label).replace("{count}", counted.toLocaleString("en"));
  };

  const choose = (chart, from, to) => {
    const bars = barsOf(chart);
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    bars.forEach((bar, place) => bar.classList.toggle("qt-chosen", low <= place && place <= high && low !== high));
    tell(chart, bars.slice(low, high + 1));
  };

  const open = (chart, from, to) => {
    const bars = barsOf(chart);
    const [first, last] = [bars[Math.min(from, to)], bars[Math.max(from, to)]];
    const span = chart.dataset.span.replace("%7Blow%7D", "{low}").replace("%7Bhigh%7D", "{high}");
    window.location.assign(span.replace("{low}", first.dataset.low).replace("{high}", last.dataset.high));
  };

  const prepare = (root) => {
    root.querySelectorAll("[data-years]").forEach((chart) => {
      const bars = barsOf(chart);
      if (bars.length && !bars.some((bar) => bar.tabIndex === 0)) bars[bars.length - 1].tabIndex = 0;
    });
  };

  /* --- the query: a long one has several lines, and Enter searches as in a box of one; Shift with it begins a line --- */
  document.addEventListener("keydown", (event) => {
    const box = event.target instanceof Element ? event.target.closest("textarea[data-query]") : null;
    if (!box || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    box.form.requestSubmit();
  });

  let anchor = null; // where a span began: {chart, place}
  document.addEventListener("keydown", (event) => {
    const chart = chartOf(event.target);
    const bar = event.target instanceof Element ? event.target.closest("a[data-low]") : null;
    if (!chart || !bar) return;
    const bars = barsOf(chart);
    const place = bars.indexOf(bar);
    const steps = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: bars.length - 1 };
    if (event.key === "Enter" && anchor && anchor.chart === chart && anchor.place !== place) {
      event.preventDefault();
      open(chart, anchor.place, place);
      return;
    }
    if (!(event.key in steps)) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(bars.length - 1, steps[event.key]));
    if (!event.shiftKey) anchor = null;
    else if (!anchor || anchor.chart !== chart) anchor = { chart, place };
    bar.tabIndex = -1;
    bars[next].tabIndex = 0;
    bars[next].focus();
    choose(chart, anchor ? anchor.place : next, next);
  });

  let drawn = null; // {chart, from, to, moved}
  document.addEventListener("pointerdown", (event) => {
    const bar = event.target instanceof Element ? event.target.closest("[data-years] a[data-low]") : null;
    if (!bar || event.button !== 0) return;
    const chart = chartOf(bar);
    const place = barsOf(chart).indexOf(bar);
    drawn = { chart, from: place, to: place };
  });
  document.addEventListener("pointerover", (event) => {
    const bar = event.target instanceof Element ? event.target.closest("[data-years] a[data-low]") : null;
    if (!bar) return;
    const chart = chartOf(bar);
    const place = barsOf(chart).indexOf(bar);
    if (drawn && drawn.chart === chart) {
      drawn.to = place;
      choose(chart, drawn.from, place);
    } else if (!drawn) tell(chart, [bar]);
  });
  document.addEventListener("pointerup", () => {
    if (drawn && drawn.from !== drawn.to) open(drawn.chart, drawn.from, drawn.to);
    drawn = null;
  });
  document.addEventListener("dragstart", (event) => chartOf(event.target) && event.preventDefault());

  /* --- a text: n and p from hit to hit, of one term where one was chosen; j and k from patent to patent --- */
  const text = () => document.querySelector("[data-reading]");
  const hitsOf = (root) => {
    const term = root.dataset.term || "";
    return [...root.querySelectorAll("mark[data-begins]")].filter((mark) => {
      const begins = mark.dataset.begins.split(" ").filter(Boolean);
      return term === "" ? begins.length > 0 : begins.includes(term);
    });
  };
  let current = null;

  const show = (root, mark) => {
    const hits = hitsOf(root);
    if (current) current.classList.remove("qt-at");
    current = mark;
    mark.classList.add("qt-at");
    const folded = mark.closest("details");
    if (folded) folded.open = true;
    mark.scrollIntoView({ block: "center" });
    const told = root.querySelector("[data-told]");
    if (told) told.textContent = told.dataset.told.replace("{n}", hits.indexOf(mark) + 1).replace("{of}", hits.length);
  };

  const step = (root, way) => {
    const hits = hitsOf(root);
    if (!hits.length) return;
    const place = current ? hits.indexOf(current) : -1;
    const from = place < 0 && way < 0 ? 0 : place;
    show(root, hits[(from + way + hits.length) % hits.length]);
  };

  document.addEventListener("keydown", (event) => {
    const root = text();
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (!root || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "n") step(root, 1);
    else if (event.key === "p") step(root, -1);
    else if (event.key === "j" || event.key === "k") {
      const link = root.querySelector(event.key === "j" ? "a[rel=next]" : "a[rel=prev]");
      if (link) link.click();
    }
  });

  document.addEventListener("click", (event) => {
    const root = text();
    const button = event.target instanceof Element ? event.target.closest("[data-step], [data-of-term]") : null;
    if (!root || !button) return;
    event.preventDefault();
    if (button.dataset.step) {
      step(root, Number(button.dataset.step));
      return;
    }
    const same = root.dataset.term === button.dataset.ofTerm;
    root.dataset.term = same ? "" : button.dataset.ofTerm;
    root.querySelectorAll("[data-of-term]").forEach((one) => {
      one.setAttribute("aria-pressed", String(!same && one === button));
    });
    current = current && hitsOf(root).includes(current) ? current : null;
    step(root, 1);
  });

  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.target instanceof Element ? event.target : document));
})();
