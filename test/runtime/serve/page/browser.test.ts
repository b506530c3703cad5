import { execFileSync } from 'node:child_process';
import { Browser, chromium, type Page } from '../../../support/chromium';
import { CONTRAST, UNREACHABLE, WIDE } from './in-page';
import { ATTACK, openPage, type OpenPage } from './support';

// A package of Debian: no other system can be asked to have it.
const inCi = process.env.CI === 'true' && process.platform === 'linux';
const missing = chromium === undefined && !inCi ? 'Chromium is not installed (apt-get install chromium)' : '';

jest.setTimeout(60_000);

(missing ? describe.skip : describe)(`the page in Chromium${missing && `: ${missing}`}`, () => {
  let browser: Browser | undefined;
  let page: Page;
  let open: OpenPage;
  beforeAll(() => {
    if (chromium === undefined) throw new Error('Chromium is not installed (apt-get install chromium)');
    browser = Browser.launch(chromium);
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    open = await openPage();
    page = await (browser as Browser).open();
    await page.show(1440, 900);
    await page.goto(open.server.url);
    await page.until(`document.querySelector('[data-route]')`, 'route');
  });
  afterEach(async () => {
    await page.close();
    await open.server.close();
    expect(page.problems).toEqual([]);
  });

  const text = (selector: string) =>
    page.read<string>(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`);
  const stages = () =>
    page.read<string[]>(`[...document.querySelectorAll('[data-stage]')].map((step) => step.dataset.stage)`);
  const opened = (title: string) =>
    page.until(`document.querySelector('#trace h3')?.innerText === ${JSON.stringify(title)}`, title);
  const arrived = async (request: ReturnType<OpenPage['gateway']['request']>) => {
    const sent = await request;
    open.server.record(sent);
    const selector = `[data-request="${sent.trace.requestId}"]`;
    await page.until(`document.querySelector('${selector}')`, 'row of the request');
    return selector;
  };

  test('a request of the form goes through the gateway, and its pipeline is shown', async () => {
    await page.click('[data-route="POST /orders"]');
    expect(await page.read(`JSON.parse(document.getElementById('body').value)`)).toEqual({
      item: 'text',
      count: 1,
      gift: true,
    });
    await page.click('#form button[type=submit]');
    await opened('POST /dev/orders');
    expect(await stages()).toEqual(
      expect.arrayContaining([
        'request',
        'route',
        'validate',
        'integrationRequest',
        'integration',
        'integrationResponse',
      ]),
    );
    expect(await text('[data-stage=validate]')).toContain('The body fits the model Order');
    expect(await text('[data-stage=route] mark')).toMatch(/^\s*\d+ {2}.*(PostOrder|Properties)/);
    expect(await text('.outcome')).toMatch(/^201 answered in /);
    expect(await text('#status')).toBe('POST /dev/orders: 201');
  });

  test('a refusal is marked, with the line that decided it', async () => {
    await page.click('[data-route="POST /orders"]');
    await page.fill('#body', '{"item": "te"}');
    await page.click('#form button[type=submit]');
    await page.until(`document.querySelector('.refused-here')`, 'refused step');
    expect(await text('.refused-here h4')).toBe('Validation');
    expect(await text('.refused-here')).toContain('Refused: BAD_REQUEST_BODY');
    expect(await text('.refused-here .file')).toMatch(/shop\.yaml:\d+:\d+$/);
    expect(await text('.refused-here mark')).not.toBe('');
    expect(await text('#requests .why')).toBe('refused by validate: BAD_REQUEST_BODY');
  });

  test('requests from elsewhere come live, and tell readers of screens', async () => {
    await arrived(open.gateway.request('GET', '/dev/orders/7'));
    await arrived(open.gateway.request('GET', '/dev/secure'));
    expect(
      await page.read(`[...document.querySelectorAll('#requests .target')].map((each) => each.innerText)`),
    ).toEqual(['/dev/secure', '/dev/orders/7']);
    expect(await text('#status')).toBe('GET /dev/secure: 401, refused by authorizer: UNAUTHORIZED');
    expect(await page.read(`document.getElementById('status').getAttribute('aria-live')`)).toBe('polite');
  });

  test('a replay is a new request with the secrets of the first, which the page does not have', async () => {
    const row = await arrived(
      open.gateway.request('GET', '/dev/secure', [['Authorization', 'Bearer let-me-in-please']]),
    );
    await page.click(row);
    await opened('GET /dev/secure');
    await page.click('#replay');
    await page.until(`document.querySelectorAll('#requests .fine').length === 2`, 'second answer');
    expect(await page.read(`document.documentElement.outerHTML.includes('let-me-in')`)).toBe(false);
    await page.click('#edit');
    expect(await page.read(`document.getElementById('headers').value`)).not.toContain('uthorization');
    expect(await text('#status')).toContain('left out');
  });

  test('a key and a token of the template open what needs them', async () => {
    await page.click('[data-route="GET /keyed"]');
    expect(await page.read(`document.getElementById('key').value`)).toBe('PartnerKey');
    await page.read(`document.getElementById('tokens').open = true`);
    await page.click('#make-token');
    await page.until(`document.getElementById('headers').value.startsWith('Authorization: Bearer eyJ')`, 'token');
    await page.click('#form button[type=submit]');
    await opened('GET /dev/keyed');
    expect(await text('.outcome')).toMatch(/^200/);
    expect(await text('#logs')).toContain('Reader: got');
    expect(await page.read(`document.getElementById('trace').innerText.includes('eyJ')`)).toBe(false);
  });

  test('markup in headers, paths, bodies and logs stays text', async () => {
    const row = await arrived(
      open.gateway.request(
        'POST',
        `/dev/orders/${encodeURIComponent(ATTACK)}?q=${ATTACK}`,
        [
          ['X-Note', ATTACK],
          [`x-${'a'.repeat(5)}`, ATTACK],
        ],
        ATTACK,
      ),
    );
    await page.click(row);
    const other = await arrived(open.gateway.request('GET', `/dev/orders/<b>`, [['X-Note', ATTACK]], ATTACK));
    await page.click(other);
    await opened('GET /dev/orders/<b>');
    open.server.log({ functionId: 'Reader', text: ATTACK });
    await page.until(
      `document.getElementById('loose').innerText.includes('onerror') || document.getElementById('loose').textContent.includes('onerror')`,
      'log',
    );
    expect(await page.read(`document.getElementById('trace').textContent.includes('<img src=x onerror=')`)).toBe(true);
    expect(
      await page.read(`[document.querySelectorAll('img, main script, b:not(.stages b)').length, window.attacked ?? 0]`),
    ).toEqual([0, 0]);
    // And if it ever became markup, the policy of the page would refuse it.
    expect(
      await page.read(
        `(() => { try { document.body.innerHTML = '<b>'; return 'made'; } catch (error) { return error.name; } })()`,
      ),
    ).toBe('TypeError');
    expect(page.problems.splice(0)).toEqual([expect.stringContaining('TrustedHTML')]);
  });

  test('everything can be done by the keyboard, and the focus is seen', async () => {
    const focus = () =>
      page.read<string>(
        `(({ id, dataset, tagName }) => dataset.route ?? dataset.request ?? (id || tagName))(document.activeElement)`,
      );
    const tabTo = async (wanted: RegExp) => {
      for (let count = 0; count < 60; count++) {
        await page.press('Tab');
        const now = await focus();
        const style = `getComputedStyle(document.activeElement)`;
        expect([
          now,
          await page.read(`parseFloat(${style}.outlineWidth) >= 2 && ${style}.outlineStyle !== 'none'`),
        ]).toEqual([now, true]);
        if (wanted.test(now)) return;
      }
      throw new Error(`Tab never comes to ${wanted}`);
    };
    await tabTo(/^(POST|GET|ANY) /);
    await page.press('Home');
    while ((await focus()) !== 'GET /orders/{id}') await page.press('ArrowDown');
    await page.press('Enter');
    expect(await page.read(`document.activeElement.dataset.name`)).toBe('id');
    await page.read(`document.activeElement.select()`);
    await page.type('a b/c');
    await page.press('Enter');
    await opened('GET /dev/orders/a%20b%2Fc');
    await tabTo(/^[0-9a-f-]{36}$/);
    await page.press('Enter');
    await page.until(`document.activeElement.tagName === 'H3'`, 'focus on the opened request');
    await tabTo(/^replay$/);
    await page.press('Enter');
    await page.until(`document.querySelectorAll('#requests li').length === 2`, 'second request');
    expect(await page.read(UNREACHABLE)).toEqual([]);
  });

  test('a connection of the console speaks and ends', async () => {
    await page.fill('#socket-query', 'room=1');
    await page.click('#connect');
    await page.until(`!document.getElementById('say').disabled`, 'connection');
    await page.click('[data-route="sendMessage"]');
    expect(await page.read(`document.getElementById('message').value`)).toBe('{"action":"sendMessage"}');
    await page.click('#say');
    await page.until(`document.querySelector('#messages .received')`, 'answer');
    expect(open.gateway.said).toEqual(['{"action":"sendMessage"}']);
    await page.click('#connect');
    await page.until(`document.querySelector('#messages .closed')`, 'end');
    expect(await text('#messages')).toContain('1000 bye');
  });

  test('the command of curl sends the same request', async () => {
    const body = JSON.stringify({ item: `it's "tea" $HOME \`x\` \\ é`, count: 1 });
    const row = await arrived(
      open.gateway.request(
        'POST',
        '/dev/orders',
        [
          ['Content-Type', 'application/json'],
          ['X-Note', "a'b"],
        ],
        body,
      ),
    );
    await page.click(row);
    await opened('POST /dev/orders');
    await page.read(`navigator.clipboard.writeText = async (text) => { window.copied = text; }`);
    await page.click('#curl');
    const command = await page.until<string>('window.copied', 'command');
    const words = execFileSync('sh', ['-c', command.replace(/^curl/, `printf '%s\\0'`)])
      .toString()
      .split('\0')
      .slice(0, -1);
    expect(words).toEqual([
      ...['-X', 'POST', 'http://localhost:3000/dev/orders', '-H', 'Content-Type: application/json'],
      ...['-H', "X-Note: a'b", '--data-binary', body],
    ]);
  });

  test('200 requests are kept, and the list stays quick', async () => {
    const sent = await open.gateway.request('GET', '/dev/orders/1');
    const rows = (count: number) =>
      page.until(
        `document.querySelectorAll('#requests li').length === ${count} && document.getElementById('count').innerText === '${count}'`,
        `${count} rows`,
      );
    const record = (from: number, to: number) => {
      for (let index = from; index < to; index++) {
        open.server.record({ ...sent, trace: { ...sent.trace, requestId: `r${index}` } });
      }
    };
    record(0, 150);
    await rows(150);
    record(150, 320);
    await page.until(`document.querySelector('[data-request=r319]')`, 'the last');
    await rows(200);
    expect(
      await page.read(
        `document.querySelector('[data-request=r119]') === null && document.querySelector('[data-request=r120]') !== null`,
      ),
    ).toBe(true);
    // The address with the token over the page that is open: it is loaded anew.
    await page.read('window.old = true');
    await page.goto(open.server.url);
    await page.until('window.old === undefined', 'new page');
    await rows(200);
  });

  test('no request leaves this machine, and the token is not in the address', async () => {
    await page.click('[data-route="POST /orders"]');
    await page.click('#form button[type=submit]');
    await opened('POST /dev/orders');
    const hosts = new Set(page.requests.filter((url) => !url.startsWith('data:')).map((url) => new URL(url).host));
    expect([...hosts]).toEqual([`localhost:${open.server.port}`]);
    expect(page.requests.filter((url) => url.includes('token-of'))).toEqual([]);
    expect(await page.read('location.href')).not.toContain('token');
    await page.goto('about:blank');
    await page.goto(`http://localhost:${open.server.port}/`);
    await page.until(`document.querySelector('[data-route]')`, 'route, as the tab has the token');
  });

  test('without the token the page says what to do', async () => {
    const other = await (browser as Browser).open();
    await other.goto(`http://localhost:${open.server.port}/`);
    await other.until(
      `document.querySelector('#status.error')?.innerText.includes('open the address that the command printed')`,
      'advice',
    );
    await other.close();
  });

  test('a change of the template is shown, and a gateway that ends is told', async () => {
    const { findings } = open.gateway;
    await page.click('[data-route="GET /keyed"]');
    const row = await arrived(open.gateway.request('GET', '/dev/orders/7'));
    const requestId = row.slice('[data-request="'.length, -2);
    await page.read(`document.querySelector('${row}').focus()`);
    open.gateway.findings = () => [...findings(), { severity: 'error', rule: 'REST-X', text: 'New one.' }];
    open.server.changed();
    await page.until(`document.querySelector('#findings .count').textContent === '2'`, 'finding');
    // Who was at work goes on where they were.
    expect(await page.read(`[document.activeElement.dataset.request, document.getElementById('key').value]`)).toEqual([
      requestId,
      'PartnerKey',
    ]);
    await page.read(`document.querySelector('[data-route="GET /keyed"]').focus()`);
    open.server.changed();
    await page.until(`document.querySelector('#status').innerText === 'Connected to the gateway'`);
    expect(await page.read('document.activeElement.dataset.route')).toBe('GET /keyed');
    await open.server.close();
    await page.until(`document.querySelector('#status.error')`, 'message');
    page.problems.length = 0;
  });

  describe.each([
    ['a phone', 360, 740],
    ['a tablet', 820, 1180],
    ['a desktop', 1440, 900],
  ])('on %s', (_, width, height) => {
    test.each(['light', 'dark'] as const)('in %s everything fits and can be read', async (scheme) => {
      await page.show(width, height, scheme);
      const long = `/dev/orders/${'x'.repeat(300)}`;
      const refused = await arrived(open.gateway.request('GET', '/dev/secure', [['X-Long', 'y'.repeat(400)]]));
      for (const row of [refused, await arrived(open.gateway.request('GET', long))]) {
        await page.click(row);
        await page.until(`document.querySelector('${row}').hasAttribute('aria-current')`, 'the open request');
        await page.read(`document.querySelectorAll('details').forEach((each) => { each.open = true; })`);
        expect(await page.read(`document.documentElement.scrollWidth`)).toBeLessThanOrEqual(width);
        expect(await page.read(WIDE)).toEqual([]);
        expect(await page.read(CONTRAST)).toEqual([]);
      }
      const back = await page.read<string>(`getComputedStyle(document.body).backgroundColor`);
      expect(back).toBe(scheme === 'dark' ? 'rgb(18, 22, 28)' : 'rgb(255, 255, 255)');
    });
  });
});
