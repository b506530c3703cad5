// Expressions that run in the page.

/** Texts with less contrast than WCAG 2 asks for (AA): 4.5, and 3 for large ones. */
export const CONTRAST = `(() => {
  const parsed = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((part) => part / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const backOf = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = parsed(getComputedStyle(each).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
      if (color[3] !== 0) throw new Error('half transparent');
    }
    throw new Error('no background');
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === '' || ['SCRIPT', 'STYLE'].includes(element.tagName) || element.getClientRects().length === 0) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const [one, other] = [light(parsed(color)), light(backOf(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    const isLarge = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && fontWeight >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) poor.push(element.tagName + '.' + element.className + ' ' + ratio.toFixed(2));
  }
  return poor;
})()`;

/** Controls that the keyboard cannot reach, or that have no name for readers of screens. */
export const UNREACHABLE = `(() => {
  const controls = [...document.querySelectorAll('button, input, select, textarea, a, summary')];
  const isOfList = (element) => 'item' in element.dataset;
  const nameOf = (element) =>
    element.getAttribute('aria-label') ?? [...(element.labels ?? [])].map((label) => label.innerText).join('') + element.innerText;
  const scrolling = [...document.querySelectorAll('main *')].filter(
    (element) => /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight + 1,
  );
  return [
    ...controls.filter((element) => element.tabIndex < 0 && !isOfList(element) && !element.disabled),
    ...controls.filter((element) => element.checkVisibility() && nameOf(element).trim() === ''),
    ...scrolling.filter((element) => element.tabIndex < 0 && !element.querySelector('[tabindex="0"], textarea') && element.tagName !== 'TEXTAREA'),
  ].map((element) => element.outerHTML.slice(0, 80));
})()`;

/** What scrolls sideways; lines of a template may. */
export const WIDE = `[...document.querySelectorAll('body *')]
  .filter((element) => !element.closest('.place pre') && /auto|scroll/.test(getComputedStyle(element).overflowX))
  .filter((element) => element.scrollWidth > element.clientWidth + 1)
  .map((element) => element.tagName + '#' + element.id + '.' + element.className + ' ' + element.scrollWidth)`;
