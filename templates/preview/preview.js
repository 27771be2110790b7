// The preview page: a list of notes, the cards of one of them, statistics and a map.
// `deck` comes from the page: {title, description, types, notes, chunks, size, names, words}.
// Fields are deflated in chunks of `size` notes and read when a note of theirs is shown.

const ROW = 56;
const PLAY = '<svg class="playImage" viewBox="0 0 64 64"><circle cx="32" cy="32" r="29"/><path d="M24 16 50 32 24 48Z"/></svg>';
const deck = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const chunks = new Map();
const state = { query: "", shown: [], at: 0, tab: "cards", mode: "day", width: 360 };

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made[key] = value;
    else if (value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

async function inflated(base64) {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

// Returns the fields of the note at a place of the deck, by name.
async function fieldsOf(index) {
  const number = Math.floor(index / deck.size);
  if (!chunks.has(number)) chunks.set(number, inflated(deck.chunks[number]));
  const values = (await chunks.get(number))[index % deck.size];
  return Object.fromEntries(deck.types[deck.notes[index].type].fields.map((name, i) => [name, values[i]]));
}

// Returns the sides of a card as Anki renders them.
async function cardOf(index, ord) {
  const type = deck.types[deck.notes[index].type];
  return renderCard(type.templates[type.cloze ? 0 : ord], await fieldsOf(index), ord);
}

// ---- choosing ----

function choose(query) {
  state.query = query;
  $("search").value = query;
  let holds = () => true;
  try {
    if (query.trim()) holds = parseFilter(query, deck.names);
    $("search").setCustomValidity("");
    $("count").className = "";
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    $("search").setCustomValidity(error.message);
    $("count").className = "wrong";
    $("count").textContent = `column ${error.column}: ${error.message}`;
    return;
  }
  state.shown = [];
  deck.notes.forEach((note, index) => { if (holds(note.subject)) state.shown.push(index); });
  const cards = state.shown.reduce((sum, index) => sum + deck.notes[index].cards.length, 0);
  $("count").textContent = `${state.shown.length} of ${deck.notes.length} notes, ${cards} cards`;
  state.at = 0;
  $("list").scrollTop = 0;
  draw();
}

function remember() {
  const note = deck.notes[state.shown[state.at]];
  const parts = { q: state.query, tab: state.tab, mode: state.mode, width: state.width, note: note ? note.guid : "" };
  history.replaceState(null, "", "#" + new URLSearchParams(parts));
}

// ---- the list ----

function drawList() {
  const list = $("list"), rows = $("rows");
  rows.style.height = `${state.shown.length * ROW}px`;
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 5);
  const last = Math.min(state.shown.length, first + Math.ceil(list.clientHeight / ROW) + 10);
  rows.replaceChildren(...state.shown.slice(first, last).map((index, i) => row(index, first + i)));
  list.setAttribute("aria-activedescendant", `row-${state.at}`);
}

function row(index, place) {
  const note = deck.notes[index];
  const worst = ["error", "warning", "info"].find((level) => note.problems.some((p) => p.severity === level));
  return element("div", {
    id: `row-${place}`, role: "option", class: "row", style: `top:${place * ROW}px`,
    "aria-selected": place === state.at, "aria-posinset": place + 1, "aria-setsize": state.shown.length,
    onclick: () => select(place),
  },
  element("span", { class: "title", lang: "zh" }, note.title),
  element("span", { class: "english" }, note.english),
  worst ? element("span", { class: `problem ${worst}`, title: `${note.problems.length} problems` }, worst) : null);
}

function select(place) {
  state.at = Math.max(0, Math.min(place, state.shown.length - 1));
  const list = $("list"), top = state.at * ROW;
  if (top < list.scrollTop) list.scrollTop = top;
  if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
  drawList();
  drawNote();
}

// ---- one note ----

async function drawNote() {
  remember();
  const index = state.shown[state.at], pane = $("note");
  if (index === undefined) {
    pane.replaceChildren(element("p", {}, "No note matches this filter."));
    return;
  }
  const note = deck.notes[index], type = deck.types[note.type];
  const cards = await Promise.all(note.cards.map((ord) => cardOf(index, ord)));
  if (index !== state.shown[state.at]) return;
  pane.replaceChildren(
    element("h2", {}, element("span", { lang: "zh" }, note.title)),
    element("p", { class: "about" }, `${state.at + 1} · ${note.deck} · ${note.key}`),
    ...note.problems.map((p) => element("p", { class: `problem ${p.severity}` },
      `${p.severity}: ${p.message} [${p.code}] `, element("small", {}, p.place))),
    ...note.cards.flatMap((ord, i) => drawCard(type, ord, cards[i])),
    element("p", { class: "tags" }, note.tags.join("  ")));
}

function drawCard(type, ord, card) {
  const template = type.templates[type.cloze ? 0 : ord];
  const modes = state.mode === "both" ? ["day", "night"] : [state.mode];
  const sides = modes.flatMap((mode) => ["front", "back"].map((side) => element("figure", {},
    element("figcaption", {}, `${side}, ${mode}`), frame(type, ord, card[side], mode, `${template.name} ${side}`))));
  return [element("h3", {}, type.cloze ? `${template.name} ${ord + 1}` : template.name), element("div", { class: "sides" }, ...sides)];
}

// A card is shown in a frame of its own, which can reach neither this page nor any other.
function frame(type, ord, side, mode, title) {
  const classes = `card card${ord + 1}${mode === "night" ? " nightMode" : ""}`;
  const played = side.html.replace(/\[anki:play:\w:(\d+)\]/g, (all, n) =>
    `<a class="replay-button soundLink" href="#" data-sound="${n}">${PLAY}</a>`);
  const sounds = JSON.stringify(side.sounds).replaceAll("<", "\\u003c");
  const script = `onmessage=null;new ResizeObserver(function(){parent.postMessage({deckgen:document.documentElement.offsetHeight},"*")}).observe(document.documentElement);
var sounds=${sounds};document.addEventListener("click",function(event){var a=event.target.closest("[data-sound]");if(!a)return;event.preventDefault();
var said=new SpeechSynthesisUtterance(sounds[a.dataset.sound].text);said.lang=(sounds[a.dataset.sound].lang||"zh_CN").replace("_","-");speechSynthesis.speak(said)});`;
  const made = element("iframe", { title, sandbox: "allow-scripts allow-popups", style: `width:${state.width}px` });
  made.srcdoc = `<!doctype html><html${mode === "night" ? ' class="night-mode"' : ""}><head><meta charset="utf-8"><base target="_blank"><style>${type.css}</style></head><body class="${classes}"><div id="qa">${played}</div><script>${script}<\/script></body></html>`;
  return made;
}

addEventListener("message", (event) => {
  const height = Number(event.data && event.data.deckgen);
  if (!height) return;
  for (const made of document.querySelectorAll("iframe")) {
    if (made.contentWindow === event.source) made.style.height = `${Math.min(height, 20000)}px`;
  }
});

// ---- statistics and map ----

function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function quoted(value) {
  return /[\s()"]/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
}

function bars(title, counts, filterOf) {
  const most = Math.max(1, ...counts.values());
  return element("section", {}, element("h2", {}, title), ...[...counts].map(([name, count]) =>
    element("button", { class: "bar", onclick: () => { state.tab = "cards"; choose(filterOf(name)); } },
      element("span", { class: "name" }, name === "" ? "–" : String(name)),
      element("span", { class: "track" }, element("span", { class: "fill", style: `width:${100 * count / most}%` })),
      element("span", { class: "number" }, String(count)))));
}

function sorted(counts, key) {
  return new Map([...counts].sort((a, b) => (key(a[0]) > key(b[0]) ? 1 : -1)));
}

// Plots how many different words the notes up to each place have shown.
function vocabulary(notes) {
  const seen = new Set(), points = [];
  notes.forEach((note, i) => {
    note.words.forEach((word) => seen.add(word));
    points.push([i + 1, seen.size]);
  });
  const step = Math.max(1, Math.floor(points.length / 300)), last = points.length - 1;
  const line = points.filter((p, i) => i % step === 0 || i === last)
    .map(([x, y]) => `${(600 * x / points.length).toFixed(1)},${(200 - 200 * y / seen.size).toFixed(1)}`).join(" ");
  const section = element("section", {}, element("h2", {}, "Cumulative vocabulary"),
    element("p", {}, `${seen.size} different words over ${points.length} notes in their order`));
  const plot = document.createElement("div");
  plot.innerHTML = `<svg viewBox="-4 -4 608 208" role="img" aria-label="Cumulative vocabulary"><path d="M0 0V200H600"/><polyline points="${line}"/></svg>`;
  if (points.length) section.append(plot);
  return section;
}

function first(note, name) {
  return (note.subject.values[name] ?? [])[0] ?? "";
}

function drawStatistics() {
  const notes = state.shown.map((index) => deck.notes[index]);
  const levels = counted(notes.map((note) => note.subject.numbers.level ?? ""));
  const lengths = counted(notes.filter((n) => n.subject.numbers.length != null).map((n) => Math.floor(n.subject.numbers.length / 5) * 5));
  const chapters = counted(notes.map((note) => first(note, "chapter")));
  $("statistics").replaceChildren(
    vocabulary(notes),
    bars("Kinds", counted(notes.map((note) => first(note, "kind"))), (name) => `kind:${name}`),
    bars("HSK levels", sorted(levels, (name) => (name === "" ? 99 : name)), (name) => (name === "" ? "-level>=0" : `level=${name}`)),
    bars("Chapters", new Map(deck.chapters.filter((c) => chapters.has(c.id)).map((c) => [c.id, chapters.get(c.id)])), (name) => `chapter:${quoted(name)}`),
    bars("Topics", sorted(counted(notes.flatMap((note) => note.subject.values.topic ?? [])), String), (name) => `topic:${quoted(name)}`),
    bars("Length in hanzi", sorted(lengths, Number), (name) => `length>=${name} length<${Number(name) + 5}`));
}

function drawMap() {
  const notes = state.shown.map((index) => deck.notes[index]);
  const topics = [...new Set(notes.flatMap((note) => (note.subject.values.topic ?? []).map((t) => t.split("/")[0])))].sort();
  const most = { count: 1 };
  const cells = new Map();
  for (const note of notes) {
    for (const topic of new Set((note.subject.values.topic ?? []).map((t) => t.split("/")[0]))) {
      const key = `${first(note, "chapter")}\n${topic}`;
      cells.set(key, (cells.get(key) ?? 0) + 1);
      most.count = Math.max(most.count, cells.get(key));
    }
  }
  const go = (query) => () => { state.tab = "cards"; choose(query); };
  const rows = deck.chapters.map((chapter) => element("tr", {},
    element("th", { scope: "row" }, element("button", { onclick: go(`chapter:${quoted(chapter.id)}`) }, chapter.title)),
    ...topics.map((topic) => {
      const count = cells.get(`${chapter.id}\n${topic}`);
      if (!count) return element("td", {});
      const query = `chapter:${quoted(chapter.id)} topic:${quoted(topic)}`;
      return element("td", { style: `--share:${Math.round(12 + 60 * count / most.count)}%` },
        element("button", { onclick: go(query), "aria-label": `${chapter.title}, ${topic}: ${count} notes` }, String(count)));
    })));
  $("map").replaceChildren(element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Map" }, element("table", {},
    element("caption", {}, "Notes by chapter and topic"),
    element("thead", {}, element("tr", {}, element("td", {}), ...topics.map((topic) =>
      element("th", { scope: "col" }, element("button", { onclick: go(`topic:${quoted(topic)}`) }, topic))))),
    element("tbody", {}, ...rows))));
}

// ---- all of it ----

function draw() {
  for (const tab of ["cards", "statistics", "map"]) $(tab).hidden = tab !== state.tab;
  const pressed = { tab: state.tab, mode: state.mode, width: String(state.width) };
  for (const button of document.querySelectorAll("header button")) {
    const [[name, value]] = Object.entries(button.dataset);
    button.setAttribute("aria-pressed", pressed[name] === value);
  }
  document.body.dataset.mode = state.mode;
  if (state.tab === "statistics") drawStatistics();
  if (state.tab === "map") drawMap();
  if (state.tab === "cards") drawList();
  drawNote();
}

for (const button of document.querySelectorAll("header button")) {
  button.onclick = () => {
    const [[name, value]] = Object.entries(button.dataset);
    state[name] = name === "width" ? Number(value) : value;
    draw();
  };
}
$("search").oninput = () => choose($("search").value);
$("list").onscroll = drawList;
addEventListener("resize", drawList);
$("list").onkeydown = (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  select(Math.max(0, Math.min(state.shown.length - 1, state.at + by)));
};

const wanted = new URLSearchParams(location.hash.slice(1));
state.tab = wanted.get("tab") || state.tab;
state.mode = wanted.get("mode") || state.mode;
state.width = Number(wanted.get("width")) || state.width;
choose(wanted.get("q") || "");
if (wanted.get("note")) select(Math.max(0, state.shown.findIndex((index) => deck.notes[index].guid === wanted.get("note"))));
if (deck.stamp !== null) {
  setInterval(async () => {
    const stamp = await fetch("stamp").then((answer) => answer.text(), () => String(deck.stamp));
    if (stamp !== String(deck.stamp)) location.reload();
  }, 1000);
}
