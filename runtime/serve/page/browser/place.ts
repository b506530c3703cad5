import { type PlaceView } from '../wire';
import { h } from './dom';

const REFERENCE = ({ logicalId, path }: PlaceView): string => [logicalId, ...path].join('/');

/** A place of the template: file and line, and the lines around it unless they have been shown above. */
export function placeOf(place: PlaceView, isShown = false): HTMLElement {
  const { file, line, column, excerpt } = place;
  const at = line === undefined ? file : `${file}:${line}${column === undefined ? '' : `:${column}`}`;
  const caption = h(
    'figcaption',
    {},
    h('code', { class: 'logical' }, REFERENCE(place)),
    ' ',
    h('span', { class: 'file' }, at),
  );
  if (!excerpt || isShown) return h('figure', { class: 'place' }, caption);
  const width = String(excerpt.firstLine + excerpt.lines.length).length;
  const rows = excerpt.lines.map((text, index) => {
    const number = excerpt.firstLine + index;
    const row = `${String(number).padStart(width)}  ${text}`;
    return number === line ? h('mark', { 'aria-label': `line ${number}, which decided it` }, row) : h('span', {}, row);
  });
  // Scrolls by itself, so it takes the keyboard.
  return h('figure', { class: 'place' }, caption, h('pre', { tabindex: 0, 'aria-label': `Lines of ${file}` }, ...rows));
}
