import { sampleOf } from '../sample';
import { type ApiView, type SentRequest, type TraceView } from '../wire';
import { post } from './api';
import { announce, attempt, byId, h, section } from './dom';
import { type Choice, marksOf } from './sidebar';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const select = (id: string): HTMLSelectElement => byId(id, HTMLSelectElement);
const area = (id: string): HTMLTextAreaElement => byId(id, HTMLTextAreaElement);
const input = (id: string): HTMLInputElement => byId(id, HTMLInputElement);

/** The form that sends a request. */
export class RequestForm {
  private apis: readonly ApiView[] = [];

  constructor(private readonly onSent: (requestId: string) => void) {
    byId('form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      attempt(() => this.send());
    });
    select('method').replaceChildren(...METHODS.map((method) => h('option', {}, method)));
    select('api').addEventListener('change', () => this.fillApi());
    byId('make-token', HTMLButtonElement).addEventListener('click', () => attempt(() => this.makeToken()));
  }

  public update(apis: readonly ApiView[], hasIssuer: boolean): void {
    this.apis = apis.filter(({ kind }) => kind !== 'websocket');
    const [api, stage, key] = ['api', 'stage', 'key'].map((id) => select(id).value);
    select('api').replaceChildren(...this.apis.map(({ id, name }) => h('option', { value: id }, name)));
    if (this.apis.some(({ id }) => id === api)) select('api').value = api;
    this.fillApi();
    for (const [id, before] of Object.entries({ stage, key })) {
      if ([...select(id).options].some(({ value }) => value === before)) select(id).value = before;
    }
    section('tokens').hidden = !hasIssuer;
    section('send').hidden = this.apis.length === 0;
  }

  /** Fills the form for a route. */
  public choose({ api, route }: Choice): void {
    select('api').value = api.id;
    this.fillApi();
    const method = route.method === undefined || route.method === 'ANY' ? 'GET' : route.method;
    this.setMethod(method);
    input('path').value = route.path;
    const given = (where: string) => route.parameters.filter((parameter) => parameter.in === where);
    section('path-parameters').replaceChildren(...given('path').map(({ name }) => pathField(name)));
    area('query').value = given('querystring')
      .filter(({ required }) => required)
      .map(({ name }) => `${name}=`)
      .join('\n');
    const hasBody = route.bodySchema !== undefined && !['GET', 'HEAD'].includes(method);
    area('body').value = hasBody ? JSON.stringify(sampleOf(route.bodySchema), null, 2) : '';
    const headers = given('header')
      .filter(({ required }) => required)
      .map(({ name }) => `${name}: `);
    area('headers').value = [...(hasBody ? ['Content-Type: application/json'] : []), ...headers].join('\n');
    const [key] = api.apiKeys;
    select('key').value = route.apiKeyRequired && key ? key.id : '';
    section('needs').textContent = marksOf(route).join(' · ');
    const first = section('path-parameters').querySelector('input');
    (first ?? input('path')).focus();
  }

  /** Fills the form with a request that was sent; secrets never came here, so they are left out. */
  public edit({ api, stage, method, target, request }: TraceView): void {
    select('api').value = api;
    this.fillApi();
    select('stage').value = stage;
    this.setMethod(method);
    const below = target.startsWith(`/${stage}`) ? target.slice(stage.length + 1) : target;
    const [path, query = ''] = below.split('?');
    input('path').value = path === '' ? '/' : path;
    section('path-parameters').replaceChildren();
    const isShown = (text: string): boolean => !text.includes('…');
    const pairs = query.split('&').filter((pair) => pair !== '');
    area('query').value = pairs.filter(isShown).map(decodedPair).join('\n');
    const sent = request.headers.filter(([name]) => !/^(host|connection|content-length|accept-encoding)$/i.test(name));
    area('headers').value = sent
      .filter(([, value]) => isShown(value))
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n');
    area('body').value = request.body.text ?? '';
    const isLess = [...pairs, ...sent.map(([, value]) => value), area('body').value].some((text) => !isShown(text));
    announce(isLess ? 'The secrets of the request are left out' : 'The request is in the form');
    input('path').focus();
  }

  private fillApi(): void {
    const api = this.apis.find(({ id }) => id === select('api').value);
    select('stage').replaceChildren(...(api?.stages ?? []).map(({ name }) => h('option', {}, name)));
    select('key').replaceChildren(
      h('option', { value: '' }, 'none'),
      ...(api?.apiKeys ?? []).map(({ id, name }) => h('option', { value: id }, name)),
    );
    section('keys').hidden = (api?.apiKeys.length ?? 0) === 0;
  }

  private setMethod(method: string): void {
    if (!METHODS.includes(method)) select('method').append(h('option', {}, method));
    select('method').value = method;
  }

  private async send(): Promise<void> {
    const key = select('key').value;
    const sent: SentRequest = {
      ...{ api: select('api').value, stage: select('stage').value, method: select('method').value },
      ...{ target: this.target(), headers: headersOf(area('headers').value), body: area('body').value },
      ...(key === '' ? {} : { apiKey: key }),
    };
    announce('Sending …');
    const { requestId } = await post<{ requestId: string }>('send', sent);
    this.onSent(requestId);
  }

  /** Path parameters go into the path while they stand in it. */
  private target(): string {
    let path = input('path').value.trim();
    for (const field of section('path-parameters').querySelectorAll('input')) {
      const name = field.dataset.name ?? '';
      path = path
        .replace(`{${name}}`, () => encodeURIComponent(field.value))
        .replace(`{${name}+}`, () => field.value.split('/').map(encodeURIComponent).join('/'));
    }
    const pairs = linesOf(area('query').value).map((line) => {
      const at = line.indexOf('=');
      return (at < 0 ? [line] : [line.slice(0, at), line.slice(at + 1)]).map(encodeURIComponent).join('=');
    });
    const whole = path.startsWith('/') ? path : `/${path}`;
    return pairs.length === 0 ? whole : `${whole}${whole.includes('?') ? '&' : '?'}${pairs.join('&')}`;
  }

  private async makeToken(): Promise<void> {
    const claims: unknown = JSON.parse(area('claims').value);
    const { token } = await post<{ token: string }>('token', { claims });
    const others = linesOf(area('headers').value).filter((line) => !/^authorization\s*:/i.test(line));
    area('headers').value = [...others, `Authorization: Bearer ${token}`].join('\n');
    announce('The token is in the headers');
  }
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function pathField(name: string): HTMLElement {
  return h(
    'label',
    {},
    h('span', {}, `{${name}}`),
    h('input', { 'data-name': name, value: '1', autocomplete: 'off', spellcheck: 'false' }),
  );
}

function headersOf(text: string): [string, string][] {
  return linesOf(text).map((line) => {
    const at = line.indexOf(':');
    if (at < 1) throw new Error(`"${line}" is not a header; write Name: value`);
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
}

function decodedPair(pair: string): string {
  try {
    return decodeURIComponent(pair.replaceAll('+', ' '));
  } catch {
    return pair;
  }
}
