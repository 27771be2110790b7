// Returns every visible text with its element and the contrast of its rendered colours (WCAG 2.2).

function parsed(colour) {
  const scale = colour.startsWith("color(") ? 255 : 1;
  const numbers = colour.match(/[\d.]+/g).map((n, i) => (i < 3 ? n * scale : Number(n)));
  return numbers.length < 4 ? [...numbers, 1] : numbers;
}

function over(top, below) {
  return [...top.slice(0, 3).map((v, i) => v * top[3] + below[i] * (1 - top[3])), 1];
}

function luminance(colour) {
  const [r, g, b] = colour.slice(0, 3).map((value) => {
    const v = value / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function background(element) {
  if (!element) return [255, 255, 255, 1];
  const colour = parsed(getComputedStyle(element).backgroundColor);
  return colour[3] === 1 ? colour : over(colour, background(element.parentElement));
}

function isShown(element) {
  if (["SCRIPT", "STYLE", "TITLE"].includes(element.tagName)) return false;
  return element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
}

const found = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (!node.data.trim() || !isShown(element)) continue;
  const below = background(element), text = over(parsed(getComputedStyle(element).color), below);
  const [light, dark] = [luminance(text), luminance(below)].sort((x, y) => y - x);
  const contrast = Math.round((100 * (light + 0.05)) / (dark + 0.05)) / 100;
  found.push([node.data.trim().slice(0, 30), element.className || element.tagName, contrast]);
}
return found;
