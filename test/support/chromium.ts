import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Readable, type Writable } from 'node:stream';

/** Chromium or Chrome; undefined if none is installed. */
export const chromium = ['chromium', 'google-chrome']
  .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
  .find((file) => existsSync(file));

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Record<string, never>;
  readonly result?: Record<string, never>;
  readonly error?: { readonly message: string };
}

type Call = (method: string, params?: object) => Promise<Record<string, never>>;

/** A browser that is driven over its DevTools protocol, by a pipe. */
export class Browser {
  private readonly answers = new Map<number, (message: Message) => void>();
  private readonly listeners = new Set<(message: Message) => void>();
  private next = 1;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    let rest = '';
    (child.stdio[4] as Readable).on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString('utf8')).split('\0');
      rest = parts.pop() ?? '';
      for (const part of parts) this.receive(JSON.parse(part) as Message);
    });
  }

  public static launch(file: string): Browser {
    const folder = mkdtempSync(join(tmpdir(), 'chromium-'));
    const flags = [
      ...['--headless=new', '--remote-debugging-pipe', `--user-data-dir=${folder}`, '--no-first-run', '--disable-gpu'],
      ...['--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--no-sandbox'],
      ...['--force-color-profile=srgb', '--hide-scrollbars=false'],
    ];
    const child = spawn(file, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    return new Browser(child, folder);
  }

  public async open(): Promise<Page> {
    const { browserContextId } = await this.call('Target.createBrowserContext');
    const { targetId } = await this.call('Target.createTarget', { url: 'about:blank', browserContextId });
    const { sessionId } = await this.call('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page((method, params) => this.call(method, params, sessionId));
    this.listeners.add(
      (message) => message.sessionId === sessionId && page.receive(message.method ?? '', message.params ?? {}),
    );
    await page.prepare();
    return page;
  }

  public async close(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    await Promise.race([this.call('Browser.close').catch(() => undefined), gone]);
    await gone;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private call(method: string, params: object = {}, sessionId?: string): ReturnType<Call> {
    const id = this.next++;
    (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) =>
      this.answers.set(id, ({ error, result = {} }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result),
      ),
    );
  }

  private receive(message: Message): void {
    if (message.id === undefined) {
      for (const listener of this.listeners) listener(message);
      return;
    }
    this.answers.get(message.id)?.(message);
    this.answers.delete(message.id);
  }
}

const KEYS: Readonly<Record<string, { code: number; text?: string }>> = {
  Tab: { code: 9 },
  Enter: { code: 13, text: '\r' },
  ArrowDown: { code: 40 },
  ArrowUp: { code: 38 },
  End: { code: 35 },
  Home: { code: 36 },
  Space: { code: 32, text: ' ' },
};

/** One tab. Expressions are JavaScript of the page. */
export class Page {
  /** The URLs of all requests. */
  public readonly requests: string[] = [];
  /** What went wrong in the page: exceptions, breaches of its policy, requests that failed. */
  public readonly problems: string[] = [];

  constructor(private readonly call: Call) {}

  public async prepare(): Promise<void> {
    for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await this.call(`${domain}.enable`);
    await this.call('Browser.grantPermissions', {
      permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'],
    }).catch(() => undefined);
  }

  public receive(method: string, params: Record<string, never>): void {
    const { request, entry, exceptionDetails } = params as Record<string, Record<string, string> | undefined>;
    if (method === 'Network.requestWillBeSent' && request) this.requests.push(request.url);
    if (method === 'Log.entryAdded' && entry?.level === 'error') this.problems.push(`${entry.text} ${entry.url ?? ''}`);
    if (method === 'Runtime.exceptionThrown') this.problems.push(JSON.stringify(exceptionDetails));
  }

  public async show(width: number, height: number, scheme: 'light' | 'dark' = 'light'): Promise<void> {
    await this.call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 500 });
    await this.call('Emulation.setEmulatedMedia', {
      features: [
        { name: 'prefers-color-scheme', value: scheme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ],
    });
  }

  public async goto(url: string): Promise<void> {
    await this.call('Page.navigate', { url });
  }

  public async read<T>(expression: string): Promise<T> {
    const options = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = (await this.call('Runtime.evaluate', options)) as {
      result?: { value: T };
      exceptionDetails?: { exception?: { description?: string } };
    };
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? expression);
    return (result as { value: T }).value;
  }

  /** Waits until the expression is something. */
  public async until<T>(expression: string, what = expression): Promise<T> {
    for (let waited = 0; waited < 10_000; waited += 50) {
      const value = await this.read<T>(expression).catch(() => undefined);
      if (value) return value;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(
      `After 10 s there is no ${what}; the page says: ${await this.read<string>('document.body.innerText')}`,
    );
  }

  public async click(selector: string): Promise<void> {
    // An element of a framework may refer to so much that it cannot be returned.
    await this.until(`document.querySelector(${JSON.stringify(selector)}) !== null`, selector);
    await this.read(`document.querySelector(${JSON.stringify(selector)}).scrollIntoView({ block: 'center' })`);
    const { x, y } = await this.read<{ x: number; y: number }>(
      `(({ left, top, width, height }) => ({ x: left + width / 2, y: top + height / 2 }))(document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect())`,
    );
    const mouse = { x, y, button: 'left', clickCount: 1 };
    await this.call('Input.dispatchMouseEvent', { type: 'mousePressed', ...mouse });
    await this.call('Input.dispatchMouseEvent', { type: 'mouseReleased', ...mouse });
  }

  public async press(key: string, shift = false): Promise<void> {
    const { code, text } = KEYS[key];
    const event = {
      key: key === 'Space' ? ' ' : key,
      code: key,
      windowsVirtualKeyCode: code,
      modifiers: shift ? 8 : 0,
    };
    await this.call('Input.dispatchKeyEvent', { type: text === undefined ? 'rawKeyDown' : 'keyDown', ...event, text });
    await this.call('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  }

  public async type(text: string): Promise<void> {
    await this.call('Input.insertText', { text });
  }

  /** Empties a field, and writes into it. */
  public async fill(selector: string, text: string): Promise<void> {
    await this.click(selector);
    await this.read('document.activeElement.select()');
    await this.type(text);
  }

  public async screenshot(file: string, whole = false): Promise<void> {
    const { data } = (await this.call('Page.captureScreenshot', { captureBeyondViewport: whole })) as unknown as {
      data: string;
    };
    writeFileSync(file, Buffer.from(data, 'base64'));
  }

  public async close(): Promise<void> {
    await this.call('Page.close');
  }
}
