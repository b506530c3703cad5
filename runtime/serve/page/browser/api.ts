import { type FeedEvent } from '../wire';

const KEPT = 'apigw-token';

/** The token of the address; it is kept for reloads of this tab, and removed from the address. */
function readToken(): string {
  const [, given] = /^#token=([\w-]+)$/.exec(location.hash) ?? [];
  if (given !== undefined) {
    sessionStorage.setItem(KEPT, given);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(KEPT) ?? '';
}

const token = readToken();

// The address of a new gateway, pasted over that of an old one, is the same page to the browser.
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#token=')) location.reload();
});

async function fetched(path: string, options: RequestInit = {}): Promise<Response> {
  const headers = {
    'x-apigw-token': token,
    ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const response = await fetch(`/_apigw/${path}`, { ...options, headers });
  if (response.ok) return response;
  const { message } = (await response.json()) as { message: string };
  throw new Error(message);
}

export const read = async <T>(path: string): Promise<T> => (await (await fetched(path)).json()) as T;

export const post = async <T>(path: string, input: unknown): Promise<T> =>
  (await (await fetched(path, { method: 'POST', body: JSON.stringify(input) })).json()) as T;

/** Listens for as long as the page is open; EventSource could not send the token. */
export async function listen(onEvent: (event: FeedEvent) => void, onLost: (message: string) => void): Promise<never> {
  for (;;) {
    try {
      await readFeed(onEvent);
      onLost('The gateway has stopped; waiting for it.');
    } catch (error) {
      onLost(error instanceof TypeError ? 'The gateway cannot be reached; trying again.' : (error as Error).message);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function readFeed(onEvent: (event: FeedEvent) => void): Promise<void> {
  const { body } = await fetched('feed');
  if (!body) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      if (part.startsWith('data: ')) onEvent(JSON.parse(part.slice(6)) as FeedEvent);
    }
  }
}
