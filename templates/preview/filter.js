// The filters of recipes and of `deckgen list`, for the search box of the preview.
// A subject is {values, numbers, texts}; parseFilter returns a function from a subject to a truth.

class FilterError extends Error {
  constructor(column, message) {
    super(message);
    this.column = column;
  }
}

const SPACES = " \t\n\r\u3000\u00a0";
const NAMED = /^(\p{L}[\p{L}\p{N}_-]*):([\s\S]*)$/u;
const COMPARED = /^(\p{L}[\p{L}\p{N}_-]*)(<=|>=|!=|=|<|>)([\s\S]*)$/u;
const COMPARE = {
  "=": (a, b) => a === b, "!=": (a, b) => a !== b, "<": (a, b) => a < b,
  "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b,
};

function pattern(escaped) {
  let source = "", literal = false;
  for (const character of escaped) {
    const special = literal ? undefined : { "*": "[^]*", "_": "[^]" }[character];
    if (!literal && character === "\\") literal = true;
    else {
      source += special ?? character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
      literal = false;
    }
  }
  return source;
}

function filterTokens(text) {
  const tokens = [];
  let at = 0;
  while (at < text.length) {
    if (SPACES.includes(text[at])) at++;
    else if ("()-".includes(text[at])) tokens.push({ kind: text[at], column: ++at });
    else {
      const start = at;
      let quote = -1, escaped = "";
      for (; at < text.length; at++) {
        if (text[at] === "\\" && at + 1 < text.length) escaped += text[at] + text[++at];
        else if (text[at] === '"') quote = quote < 0 ? at : -1;
        else if (quote < 0 && (SPACES.includes(text[at]) || "()".includes(text[at]))) break;
        else escaped += text[at];
      }
      if (quote >= 0) throw new FilterError(quote + 1, "this quote is never closed");
      const word = text.slice(start, at).toLowerCase();
      tokens.push({ kind: word === "or" || word === "and" ? word : "term", column: start + 1, escaped });
    }
  }
  return tokens;
}

function parseFilter(text, names) {
  const tokens = filterTokens(text);
  let at = 0;

  function any() {
    const parts = [all()];
    while (tokens[at]?.kind === "or") {
      if (++at >= tokens.length) throw new FilterError(tokens[at - 1].column, 'something must follow "or"');
      parts.push(all());
    }
    return (subject) => parts.some((part) => part(subject));
  }

  function all() {
    const parts = [];
    for (let token; (token = tokens[at]) && token.kind !== ")" && token.kind !== "or";) {
      at++;
      if (token.kind === "and" && parts.length && tokens[at]) continue;
      parts.push(one(token));
    }
    if (!parts.length) throw new FilterError(tokens[at]?.column ?? text.length + 1, "a search term is expected here");
    return (subject) => parts.every((part) => part(subject));
  }

  function one(token) {
    if (token.kind === "-") {
      const next = tokens[at++];
      if (!next || [")", "or", "and"].includes(next.kind)) throw new FilterError(token.column, 'something must follow "-"');
      const part = one(next);
      return (subject) => !part(subject);
    }
    if (token.kind === "(") {
      const inside = any();
      if (tokens[at++]?.kind !== ")") throw new FilterError(token.column, 'this "(" is never closed');
      return inside;
    }
    if (token.kind === "and") throw new FilterError(token.column, '"and" must stand between two terms');
    return term(token);
  }

  function term(token) {
    const compared = COMPARED.exec(token.escaped), named = NAMED.exec(token.escaped);
    if (compared && (!named || compared[1].length < named[1].length)) return comparison(token, ...compared.slice(1));
    if (!named) {
      const wanted = new RegExp(pattern(token.escaped), "iu");
      return (subject) => subject.texts.some((value) => wanted.test(value));
    }
    const name = named[1].toLowerCase();
    if (names.numbers.includes(name)) return comparison(token, name, "=", named[2]);
    if (!names.values.includes(name)) throw unknown(token, name);
    if (!named[2]) return (subject) => !(subject.values[name] ?? []).some(Boolean);
    const wanted = new RegExp(`^(?:${pattern(named[2])})(?:/[^]*)?$`, "iu");
    return (subject) => (subject.values[name] ?? []).some((value) => wanted.test(value));
  }

  function comparison(token, name, sign, value) {
    name = name.toLowerCase();
    if (!names.numbers.includes(name)) {
      if (names.values.includes(name)) throw new FilterError(token.column, `"${name}" is no number: write ${name}:value`);
      throw unknown(token, name);
    }
    if (!value.trim() || Number.isNaN(Number(value))) {
      throw new FilterError(token.column + name.length + sign.length, `"${name}" is compared with a number, not with "${value}"`);
    }
    return (subject) => subject.numbers[name] != null && COMPARE[sign](subject.numbers[name], Number(value));
  }

  function unknown(token, name) {
    const known = [...names.values, ...names.numbers].sort().join(", ");
    return new FilterError(token.column, `no property is called "${name}"; known: ${known}`);
  }

  const found = any();
  if (at < tokens.length) throw new FilterError(tokens[at].column, 'no "(" stands before this ")"');
  return found;
}
