import { type ApiView, type FeedEvent, type State } from '../wire';
import { listen } from './api';
import { WebSocketConsole } from './console';
import { Detail } from './detail';
import { announce, attempt, section } from './dom';
import { RequestForm } from './form';
import { RequestList } from './list';
import { showNotes, Sidebar } from './sidebar';

let apis: readonly ApiView[] = [];

const list = new RequestList((requestId) => attempt(() => open(requestId, true)));
const form = new RequestForm((requestId) => attempt(() => open(requestId, false)));
const detail = new Detail(
  () => apis,
  (requestId) => attempt(() => open(requestId, false)),
  (view) => form.edit(view),
);
const sockets = new WebSocketConsole();
const sidebar = new Sidebar(({ api, route }) => {
  if (api.kind === 'websocket') sockets.choose(api.id, route.path);
  else form.choose({ api, route });
});

async function open(requestId: string, focus: boolean): Promise<void> {
  await detail.open(requestId, focus);
  list.mark(requestId);
  if (!focus && matchMedia('(max-width: 60rem)').matches) section('trace').scrollIntoView();
}

function update(state: State): void {
  ({ apis } = state);
  sidebar.show(apis);
  form.update(apis, state.hasIssuer);
  sockets.update(apis, state.hasConsole);
  showNotes('findings', state.findings);
  showNotes('not-emulated', state.notEmulated);
  list.reset(state.traces);
  section('loose').textContent = state.looseLogs.join('\n');
  section('loose-logs').hidden = state.looseLogs.length === 0;
  announce('Connected to the gateway');
}

function onEvent(event: FeedEvent): void {
  if (event.type === 'state') update(event.state);
  if (event.type === 'trace') {
    const { method, target, status, refused } = event.trace;
    list.add(event.trace);
    announce(`${method} ${target}: ${status}${refused ? `, refused by ${refused.stage}: ${refused.type}` : ''}`);
  }
  if (event.type === 'log' && event.requestId !== undefined) {
    const { requestId } = event;
    attempt(() => detail.refresh(requestId));
  } else if (event.type === 'log') {
    section('loose-logs').hidden = false;
    section('loose').append(`\n${event.text ?? ''}`);
  }
  sockets.onEvent(event);
}

void listen(onEvent, (message) => announce(message, 'error'));
