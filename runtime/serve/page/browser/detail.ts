import { curlOf } from '../curl';
import { type ApiView, type StepView, type TraceView } from '../wire';
import { post, read } from './api';
import { announce, attempt, h, section } from './dom';
import { placeOf } from './place';
import { bodyBlock, duration, headersBlock, valueBlock } from './value';

const TITLES: Readonly<Record<string, string>> = {
  request: 'Request',
  canary: 'Canary',
  cors: 'CORS',
  resourcePolicy: 'Resource policy',
  route: 'Route',
  authorizer: 'Authorizer',
  apiKey: 'API key',
  throttle: 'Throttle',
  validate: 'Validation',
  cache: 'Cache',
  integrationRequest: 'Integration request',
  integration: 'Integration',
  integrationResponse: 'Integration response',
  methodResponse: 'Method response',
  gatewayResponse: 'Gateway response',
};

/** One request, step by step. */
export class Detail {
  private readonly place = section('trace');
  private current?: string;

  constructor(
    private readonly apis: () => readonly ApiView[],
    private readonly onSent: (requestId: string) => void,
    private readonly onEdit: (view: TraceView) => void,
  ) {}

  /** @param focus whether the reader requested it */
  public async open(requestId: string, focus: boolean): Promise<void> {
    const view = await read<TraceView>(`traces/${requestId}`);
    this.current = requestId;
    this.place.replaceChildren(...this.show(view));
    if (focus) this.place.querySelector('h3')?.focus();
  }

  /** Reads the request again if it is the open one: there are new lines of its functions. */
  public async refresh(requestId: string): Promise<void> {
    if (requestId !== this.current) return;
    const view = await read<TraceView>(`traces/${requestId}`);
    this.place.querySelector('#logs')?.replaceWith(logsOf(view));
  }

  private show(view: TraceView): HTMLElement[] {
    const { method, target, status, refused, tookInMs, steps, api, stage } = view;
    return [
      h('h3', { tabindex: -1 }, `${method} ${target}`),
      h(
        'p',
        { class: 'outcome' },
        h(
          'span',
          { class: `status ${refused ? 'refused' : status >= 500 ? 'failed' : status >= 400 ? 'denied' : 'fine'}` },
          String(status),
        ),
        ` ${refused ? `refused by ${TITLES[refused.stage] ?? refused.stage} with ${refused.type}` : 'answered'} in ${duration(tookInMs)} by ${api}, stage ${stage}`,
      ),
      this.buttons(view),
      h('ol', { class: 'steps', 'aria-label': 'Steps' }, ...stepsOf(steps)),
      h(
        'section',
        { 'aria-labelledby': 'answered' },
        h('h4', { id: 'answered' }, 'What the client got'),
        headersBlock('Headers', view.answer.headers),
        bodyBlock('Body', view.answer.body),
      ),
      h(
        'section',
        { 'aria-labelledby': 'asked' },
        h('h4', { id: 'asked' }, 'What the client sent'),
        headersBlock('Headers', view.request.headers),
        bodyBlock('Body', view.request.body),
      ),
      logsOf(view),
    ];
  }

  private buttons(view: TraceView): HTMLElement {
    const { requestId, notReplayable } = view;
    const replay = async (): Promise<void> => {
      const sent = await post<{ requestId: string }>('replay', { requestId });
      this.onSent(sent.requestId);
    };
    const copy = async (): Promise<void> => {
      const stage = this.apis()
        .find(({ id }) => id === view.api)
        ?.stages.find(({ name }) => name === view.stage);
      const text = curlOf(view, stage?.url ?? 'http://localhost');
      await navigator.clipboard.writeText(text);
      announce(text.includes('…') ? 'Copied without secrets: replace each … with them' : 'Copied');
    };
    return h(
      'div',
      { class: 'buttons' },
      h(
        'button',
        {
          type: 'button',
          id: 'replay',
          disabled: notReplayable !== undefined,
          title: notReplayable,
          on: { click: () => attempt(replay) },
        },
        'Send again',
      ),
      h('button', { type: 'button', id: 'edit', on: { click: () => this.onEdit(view) } }, 'Edit'),
      h('button', { type: 'button', id: 'curl', on: { click: () => attempt(copy) } }, 'Copy as curl'),
    );
  }
}

function stepsOf(steps: readonly StepView[]): HTMLElement[] {
  const longest = Math.max(...steps.map(({ tookInMs }) => tookInMs), 0.001);
  const shown = new Set<string>();
  return steps.map((step) => {
    const places = step.because.map((place) => {
      const key = JSON.stringify([place.file, place.line, place.path]);
      const isShown = step.refused === undefined && shown.has(key);
      shown.add(key);
      return placeOf(place, isShown);
    });
    return stepOf(step, longest, places);
  });
}

function stepOf(step: StepView, longest: number, places: readonly HTMLElement[]): HTMLElement {
  const { stage, tookInMs, note, input, output, refused } = step;
  const bar = h('span', { class: 'bar', 'aria-hidden': 'true' });
  bar.style.width = `${Math.max(2, Math.round((tookInMs / longest) * 60))}px`;
  return h(
    'li',
    { class: refused === undefined ? 'step' : 'step refused-here', 'data-stage': stage },
    h(
      'div',
      { class: 'head' },
      h('h4', {}, TITLES[stage] ?? stage),
      refused === undefined ? undefined : h('strong', { class: 'status refused' }, `Refused: ${refused}`),
      h('span', { class: 'took' }, bar, duration(tookInMs)),
    ),
    note === undefined ? undefined : h('p', { class: 'note' }, note),
    input === undefined ? undefined : valueBlock('In', input),
    output === undefined ? undefined : valueBlock('Out', output),
    ...places,
  );
}

function logsOf({ logs }: TraceView): HTMLElement {
  if (logs.length === 0) return h('p', { id: 'logs', class: 'muted' }, 'No function printed anything.');
  return h(
    'section',
    { id: 'logs', 'aria-labelledby': 'logs-title' },
    h('h4', { id: 'logs-title' }, `Function output (${logs.length} lines)`),
    h('pre', { tabindex: 0, 'aria-label': 'Function output' }, logs.join('\n')),
  );
}
