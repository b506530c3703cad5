type Child = Node | string | undefined;

interface Attributes {
  readonly on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
  readonly [name: string]: unknown;
}

/** Makes an element. Children that are strings become text, never markup: what is shown comes from strangers. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on' || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const [type, listener] of Object.entries(attributes.on ?? {})) {
    element.addEventListener(type, listener as EventListener);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${id}`);
  return found;
}

export const section = (id: string): HTMLElement => byId(id, HTMLElement);

/** One stop of the tab key for a list; arrows, Home and End move inside of it. */
export function listKeys(list: HTMLElement): void {
  const items = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[data-item]')];
  const settle = (current?: HTMLElement): void => {
    const all = items();
    const stop = current ?? all.find((item) => item.tabIndex === 0) ?? all[0];
    for (const item of all) item.tabIndex = item === stop ? 0 : -1;
  };
  list.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && 'item' in target.dataset) settle(target);
  });
  list.addEventListener('keydown', (event) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    all[Math.max(0, Math.min(to, all.length - 1))].focus();
  });
  new MutationObserver(() => settle()).observe(list, { childList: true, subtree: true });
  settle();
}

/** Tells readers of screens, and everyone in the line at the top. */
export function announce(text: string, kind: 'status' | 'error' = 'status'): void {
  const line = section('status');
  line.classList.toggle('error', kind === 'error');
  line.textContent = text;
}

/** Runs what a button started; failures are reported. */
export function attempt(run: () => Promise<void>): void {
  run().catch((error: unknown) => announce(error instanceof Error ? error.message : String(error), 'error'));
}
