import { type BodyView } from '../wire';
import { h } from './dom';

/** JSON in lines; a text that is JSON too. */
export function pretty(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2) ?? '';
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}

export function valueBlock(title: string, value: unknown, isOpen = false): HTMLElement {
  const text = pretty(value);
  return h(
    'details',
    { class: 'value', open: isOpen || text.length < 160 },
    h('summary', {}, title),
    h('pre', { tabindex: 0, 'aria-label': title }, text === '' ? '(empty)' : text),
  );
}

export function headersBlock(title: string, headers: readonly (readonly [string, string])[]): HTMLElement {
  const lines = headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  return valueBlock(`${title} (${headers.length})`, lines);
}

export function bodyBlock(title: string, { bytes, text, cut }: BodyView): HTMLElement {
  if (text === undefined)
    return h('p', { class: 'muted' }, `${title}: ${bytes === 0 ? 'streamed' : `${bytes} bytes, not text`}`);
  if (bytes === 0) return h('p', { class: 'muted' }, `${title}: none`);
  return valueBlock(`${title}, ${bytes} bytes${cut ? ', cut' : ''}`, text, true);
}

export function duration(ms: number): string {
  if (ms < 1) return `${Math.max(1, Math.round(ms * 1000))} µs`;
  return ms < 1000 ? `${ms.toFixed(ms < 10 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
