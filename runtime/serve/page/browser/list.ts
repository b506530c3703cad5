import { type TraceSummary } from '../wire';
import { h, listKeys, section } from './dom';
import { duration } from './value';

const KEPT = 200;

/** The requests, newest first. */
export class RequestList {
  private readonly list = section('requests');
  private readonly rows = new Map<string, HTMLElement>();
  private opened?: string;

  constructor(private readonly onOpen: (requestId: string) => void) {
    listKeys(this.list);
  }

  public reset(traces: readonly TraceSummary[]): void {
    const ids = new Set(traces.map(({ requestId }) => requestId));
    // Rows that stay keep the focus.
    for (const [requestId, row] of this.rows) {
      if (ids.has(requestId)) continue;
      this.rows.delete(requestId);
      row.remove();
    }
    for (const trace of traces) this.add(trace);
    this.tellEmpty();
  }

  public add(trace: TraceSummary): void {
    const { requestId } = trace;
    if (this.rows.has(requestId)) return;
    const row = this.row(trace);
    this.rows.set(requestId, row);
    this.list.prepend(row);
    for (const [oldest, element] of this.rows) {
      if (this.rows.size <= KEPT) break;
      this.rows.delete(oldest);
      element.remove();
    }
    this.tellEmpty();
  }

  public mark(requestId: string): void {
    const current = (id: string | undefined) => this.rows.get(id ?? '')?.querySelector('button');
    current(this.opened)?.removeAttribute('aria-current');
    this.opened = requestId;
    current(requestId)?.setAttribute('aria-current', 'true');
  }

  private row({
    requestId,
    method,
    target,
    status,
    tookInMs,
    refused,
    startedAt,
    stage,
    api,
  }: TraceSummary): HTMLElement {
    const kind = refused ? 'refused' : status >= 500 ? 'failed' : status >= 400 ? 'denied' : 'fine';
    return h(
      'li',
      {},
      h(
        'button',
        {
          ...{
            type: 'button',
            'data-item': true,
            'data-request': requestId,
            'aria-current': requestId === this.opened ? 'true' : undefined,
          },
          title: `${api}, stage ${stage}`,
          on: { click: () => this.onOpen(requestId) },
        },
        h('span', { class: `status ${kind}` }, String(status)),
        h('span', { class: 'method' }, method),
        h('span', { class: 'target' }, target),
        refused ? h('span', { class: 'why' }, `refused by ${refused.stage}: ${refused.type}`) : undefined,
        h('span', { class: 'when' }, `${new Date(startedAt).toLocaleTimeString()} · ${duration(tookInMs)}`),
      ),
    );
  }

  private tellEmpty(): void {
    section('no-requests').hidden = this.rows.size > 0;
    section('count').textContent = String(this.rows.size);
  }
}
