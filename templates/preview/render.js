// Renders cards as Anki does, from templates that deckgen has parsed.
// A node is a text, {field, filters} or {when, negated, children}.

const CLOZE = /\{\{c(\d+)::([\s\S]*?)(?:::([\s\S]*?))?\}\}/g;
const RUBY = / ?([^ >]+?)\[(.+?)\]/g;
const SOUND = /\[sound:(.+?)\]|\[anki:tts lang=([^\s\]]+)[^\]]*\]([\s\S]*?)\[\/anki:tts\]/g;
const EMPTY = /^(?:\s|<\/?(?:br|div)\s*\/?>)*$/i;

function plainText(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent;
}

function withRuby(value, write) {
  return value.replaceAll("&nbsp;", " ").replace(RUBY, (all, base, over) =>
    over.startsWith("sound:") ? all : write(base, over));
}

const FILTERS = {
  "": (value) => value,
  text: plainText,
  furigana: (value) => withRuby(value, (base, over) => `<ruby><rb>${base}</rb><rt>${over}</rt></ruby>`),
  kanji: (value) => withRuby(value, (base) => base),
  kana: (value) => withRuby(value, (base, over) => over),
};

function withCloze(value, number, isQuestion) {
  if (![...value.matchAll(CLOZE)].some((match) => Number(match[1]) === number)) return "";
  return value.replace(CLOZE, (all, n, text, hint) => {
    if (Number(n) !== number) return `<span class="cloze-inactive" data-ordinal="${n}">${text}</span>`;
    if (!isQuestion) return `<span class="cloze" data-ordinal="${n}">${text}</span>`;
    const hidden = text.replace(/[\x00-\x7f]/g, (c) =>
      /[0-9A-Za-z]/.test(c) ? c : `&#x${c.charCodeAt(0).toString(16).toUpperCase()};`);
    return `<span class="cloze" data-cloze="${hidden}" data-ordinal="${n}">[${hint || "..."}]</span>`;
  });
}

function filtered(value, node, ord, isQuestion) {
  for (const name of node.filters) {
    if (name === "cloze") value = withCloze(value, ord + 1, isQuestion);
    else if (name === "type") return `[[type:${node.field}]]`;
    else if (name.startsWith("tts ")) value = `[anki:tts lang=${name.slice(4)}]${value}[/anki:tts]`;
    else if (name in FILTERS) value = FILTERS[name](value);
  }
  return value;
}

function renderNodes(nodes, fields, ord, isQuestion) {
  return nodes.map((node) => {
    if (typeof node === "string") return node;
    if ("when" in node) {
      const filled = node.when === `c${ord + 1}` || !EMPTY.test(fields[node.when] ?? "");
      return filled === node.negated ? "" : renderNodes(node.children, fields, ord, isQuestion);
    }
    return filtered(fields[node.field] ?? "", node, ord, isQuestion);
  }).join("");
}

function withSounds(html, side) {
  const sounds = [];
  const shown = html.replace(SOUND, (all, file, lang, text) => {
    sounds.push(file ? { text: plainText(file) } : { text: plainText(text), lang });
    return `[anki:play:${side}:${sounds.length - 1}]`;
  });
  return { html: shown, sounds };
}

// Returns both sides of one card: {html, sounds} each.
function renderCard(template, fields, ord) {
  const front = renderNodes(template.front, fields, ord, true);
  const back = renderNodes(template.back, { ...fields, FrontSide: front }, ord, false);
  return { front: withSounds(front, "q"), back: withSounds(back, "a") };
}
