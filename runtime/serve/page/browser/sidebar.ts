import { type ApiView, type NoteView, type RouteView } from '../wire';
import { h, listKeys, section } from './dom';
import { placeOf } from './place';

/** What the form or the console begins with. */
export interface Choice {
  readonly api: ApiView;
  readonly route: RouteView;
}

/** APIs with their stages and routes. */
export class Sidebar {
  private readonly place = section('apis');

  constructor(private readonly onChoose: (choice: Choice) => void) {
    listKeys(this.place);
  }

  public show(apis: readonly ApiView[]): void {
    const focused = document.activeElement;
    const route = focused instanceof HTMLElement ? focused.dataset.route : undefined;
    this.place.replaceChildren(...apis.map((api) => this.api(api)));
    const buttons = [...this.place.querySelectorAll<HTMLElement>('[data-route]')];
    if (route !== undefined) buttons.find(({ dataset }) => dataset.route === route)?.focus();
    section('no-apis').hidden = apis.length > 0;
  }

  private api(api: ApiView): HTMLElement {
    return h(
      'section',
      { 'aria-label': api.name },
      h(
        'h3',
        {},
        api.name,
        ' ',
        h('span', { class: 'muted' }, api.kind === 'websocket' ? 'WebSocket' : api.kind.toUpperCase()),
      ),
      h(
        'ul',
        { class: 'stages', 'aria-label': 'Stages' },
        ...api.stages.map(({ name, url }) => h('li', {}, h('b', {}, name), ' ', h('code', {}, url))),
      ),
      h('ul', { class: 'routes', 'aria-label': 'Routes' }, ...api.routes.map((route) => this.route({ api, route }))),
    );
  }

  private route(choice: Choice): HTMLElement {
    const { method, path, place } = choice.route;
    return h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          'data-item': true,
          'data-route': `${method ?? ''} ${path}`.trim(),
          title: place?.line === undefined ? undefined : `${place.file}:${place.line}`,
          on: { click: () => this.onChoose(choice) },
        },
        method === undefined ? undefined : h('span', { class: 'method' }, method),
        h('span', { class: 'target' }, path),
        ...marksOf(choice.route).map((mark) => h('span', { class: 'mark' }, mark)),
      ),
    );
  }
}

/** What a request has to have. */
export function marksOf({ authorization, apiKeyRequired, validates = [], integration }: RouteView): string[] {
  return [
    ...(integration === undefined ? [] : [integration]),
    ...(authorization === 'NONE' ? [] : [authorization]),
    ...(apiKeyRequired ? ['API key'] : []),
    ...(validates.length > 0 ? [`checks ${validates.join(' and ')}`] : []),
  ];
}

/** Findings, or what is not emulated. */
export function showNotes(id: string, notes: readonly NoteView[]): void {
  const place = section(id);
  place.hidden = notes.length === 0;
  place.querySelector('.count')?.replaceChildren(String(notes.length));
  place
    .querySelector('ul')
    ?.replaceChildren(
      ...notes.map(({ severity, rule, text, place: where }) =>
        h(
          'li',
          {},
          severity === undefined ? undefined : h('span', { class: `severity ${severity}` }, severity),
          rule === undefined ? undefined : h('code', {}, rule),
          ` ${text}`,
          where ? placeOf(where) : undefined,
        ),
      ),
    );
}
