import { type ApiView, type FeedEvent } from '../wire';
import { post } from './api';
import { announce, attempt, byId, h, section } from './dom';

const LINES_MAX = 500;
const button = (id: string): HTMLButtonElement => byId(id, HTMLButtonElement);

/** Speaks to a WebSocket API. */
export class WebSocketConsole {
  private connection?: string;
  private readonly log = section('messages');

  constructor() {
    byId('connect-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      attempt(() => this.toggle());
    });
    byId('say-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      attempt(() => this.say());
    });
  }

  public update(apis: readonly ApiView[], hasConsole: boolean): void {
    const choices = apis
      .filter(({ kind }) => kind === 'websocket')
      .flatMap(({ id, name, stages }) =>
        stages.map((stage) => h('option', { value: JSON.stringify([id, stage.name]) }, `${name}, ${stage.name}`)),
      );
    section('console').hidden = !hasConsole || choices.length === 0;
    const select = byId('socket', HTMLSelectElement);
    const { value } = select;
    select.replaceChildren(...choices);
    if (choices.some((choice) => choice.value === value)) select.value = value;
  }

  /** Begins a message for a route. */
  public choose(api: string, key: string): void {
    const select = byId('socket', HTMLSelectElement);
    const option = [...select.options].find(({ value }) => value.startsWith(`[${JSON.stringify(api)},`));
    if (option) select.value = option.value;
    const message = byId('message', HTMLTextAreaElement);
    if (!key.startsWith('$')) message.value = JSON.stringify({ action: key });
    (this.connection === undefined ? select : message).focus();
  }

  public onEvent(event: FeedEvent): void {
    if (event.type === 'message' && event.connection === this.connection) this.write('received', event.text);
    if (event.type === 'closed' && event.connection === this.connection) {
      this.write('closed', `${event.code} ${event.reason}`);
      this.settle(undefined);
    }
  }

  private async toggle(): Promise<void> {
    if (this.connection !== undefined) {
      await post('disconnect', { connection: this.connection });
      return;
    }
    const [api, stage] = JSON.parse(byId('socket', HTMLSelectElement).value) as string[];
    const query = byId('socket-query', HTMLInputElement).value.trim().replace(/^\?/, '');
    const made = await post<{ connection: string }>('connections', {
      api,
      stage,
      target: query === '' ? '/' : `/?${query}`,
      headers: [],
    });
    this.settle(made.connection);
    this.write('opened', '');
    byId('message', HTMLTextAreaElement).focus();
  }

  private async say(): Promise<void> {
    if (this.connection === undefined) throw new Error('Connect first');
    const message = byId('message', HTMLTextAreaElement).value;
    // Before the answer to it can come.
    this.write('sent', message);
    await post(`connections/${this.connection}`, { text: message });
  }

  private settle(connection: string | undefined): void {
    this.connection = connection;
    button('connect').textContent = connection === undefined ? 'Connect' : 'Disconnect';
    button('say').disabled = connection === undefined;
    announce(connection === undefined ? 'Disconnected' : 'Connected');
  }

  private write(kind: 'sent' | 'received' | 'opened' | 'closed', text: string): void {
    const arrow = { sent: '→ sent', received: '← received', opened: 'opened', closed: 'closed' }[kind];
    this.log.append(h('li', { class: kind }, h('span', { class: 'muted' }, arrow), ' ', h('code', {}, text)));
    while (this.log.childElementCount > LINES_MAX) this.log.firstElementChild?.remove();
    this.log.scrollTop = this.log.scrollHeight;
  }
}
