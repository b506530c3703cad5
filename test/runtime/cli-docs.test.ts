import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { main } from '../../runtime/cli/main';
import { Browser, chromium, type Page } from '../support/chromium';

jest.setTimeout(60_000);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'apigw-docs-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ATTACK = '</script><!--<script>document.title = "taken"</script><b onclick="document.title=\'taken\'">b</b>';
const schema = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };

/** A template with one API, in whose texts there is what would run. */
function template(paths: object = {}): string {
  const operation = {
    operationId: 'getOrder',
    summary: `The order ${ATTACK}`,
    description: `**One** order. ${ATTACK}`,
    tags: ['orders'],
    security: [{ key: [] }],
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    responses: {
      200: {
        description: `Found ${ATTACK}`,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
      },
    },
  };
  const Body = {
    openapi: '3.0.1',
    info: { title: `Orders ${ATTACK}`, version: '1.0' },
    paths: { '/orders/{id}': { get: operation }, ...paths },
    components: {
      schemas: { Order: schema },
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    },
  };
  const file = join(folder, 'shop.json');
  writeFileSync(
    file,
    JSON.stringify({ Resources: { Orders: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body } } } }),
  );
  return file;
}

function run(...argv: string[]) {
  let [out, err] = ['', ''];
  const code = main(['docs', ...argv], {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    color: false,
  });
  return { code, out, err };
}

/** In another working directory. */
function within<T>(where: string, work: () => T): T {
  const spy = jest.spyOn(process, 'cwd').mockReturnValue(where);
  try {
    return work();
  } finally {
    spy.mockRestore();
  }
}

const inCi = process.env.CI === 'true' && process.platform === 'linux';
const missing = chromium === undefined && !inCi ? 'Chromium is not installed (apt-get install chromium)' : '';

(missing ? describe.skip : describe)(`the page in Chromium${missing && `: ${missing}`}`, () => {
  let browser: Browser;
  let page: Page;
  beforeAll(() => {
    if (chromium === undefined) throw new Error('Chromium is not installed (apt-get install chromium)');
    browser = Browser.launch(chromium);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    page = await browser.open();
    await page.show(1280, 900);
  });
  afterEach(() => page.close());

  test('shows routes, texts, responses and models, and asks for nothing', async () => {
    const output = join(folder, 'api.html');
    expect(run(template(), '--output', output)).toEqual({ code: 0, out: `${output}\n`, err: '' });
    await page.goto(pathToFileURL(output).href);
    await page.until(`document.querySelector('.opblock') !== null`, 'operation');
    const text = () => page.read<string>('document.body.innerText');
    expect(await text()).toContain('/orders/{id}');
    await page.click('.opblock-summary-control');
    await page.until(`document.querySelector('.responses-table') !== null`, 'responses');
    const shown = await text();
    for (const words of ['orders', 'The order', 'One order.', 'Found', 'Order']) expect(shown).toContain(words);
    // What is no part of a page that is read.
    expect(shown).not.toContain('Try it out');
    // The texts of the API are text.
    expect(await page.read('document.title')).toContain('Orders </script>');
    expect(await page.read(`document.querySelectorAll('[onclick]').length`)).toBe(0);
    expect(page.requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
    // The renderer removes the handlers; while it reads them, the policy forbids them as well.
    expect(page.problems.filter((problem) => !problem.startsWith('Executing inline event handler'))).toEqual([]);
  });

  test('describes authorization, and takes no credentials, which it could not send', async () => {
    const output = join(folder, 'api.html');
    run(template(), '--output', output);
    await page.goto(pathToFileURL(output).href);
    await page.click('.btn.authorize');
    await page.until(`document.querySelector('.auth-container') !== null`, 'dialog');
    expect(await page.read<string>(`document.querySelector('.auth-container').innerText`)).toContain('x-api-key');
    const fields = `[...document.querySelectorAll('.auth-container :is(input, .authorize)')]`;
    expect(await page.read<number>(`${fields}.length`)).toBeGreaterThan(0);
    expect(await page.read<number>(`${fields}.filter((field) => field.checkVisibility()).length`)).toBe(0);
  });

  test('fits a phone, and has the licences of what is in it', async () => {
    const output = join(folder, 'api.html');
    run(template(), '--output', output);
    await page.show(375, 700);
    await page.goto(pathToFileURL(output).href);
    await page.until(`document.querySelector('.opblock') !== null`, 'operation');
    expect(await page.read<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
    await page.click('.notices summary');
    const notices = await page.read<string>(`document.querySelector('.notices pre').innerText`);
    for (const words of ['Apache License', 'SmartBear Software Inc.', 'DOMPurify']) expect(notices).toContain(words);
  });
});

test('the page is written as api.html, and what is left out is told', () => {
  const known = { get: { responses: { 200: { description: 'OK' } } } };
  const file = template({ '/a': known, '/b': { Ref: 'Other' } });
  const { code, out, err } = run(file, '--output', join(folder, 'page.html'));
  expect([code, out]).toEqual([1, `${join(folder, 'page.html')}\n`]);
  expect(err).toContain('is not complete. 1 part is left out:\n  #/paths/~1b');
  expect(existsSync(join(folder, 'page.html'))).toBe(true);
});

describe('what is missing or wrong is said with what to do', () => {
  test('the renderer', () => {
    const file = template();
    const { code, err } = within(folder, () => run(file));
    expect(code).toBe(2);
    expect(err).toBe(
      `apigw: "apigw docs" writes the page with swagger-ui-dist, which was not found from ${folder}; ` +
        'install it in your project: npm install --save-dev --ignore-scripts swagger-ui-dist@5\n',
    );
  });

  test('another major version of it', () => {
    const other = join(folder, 'node_modules', 'swagger-ui-dist');
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, 'package.json'), '{"name":"swagger-ui-dist","version":"4.19.1"}');
    const file = template();
    const { code, err } = within(folder, () => run(file));
    expect([code, err]).toEqual([2, expect.stringContaining('its version is 4.19.1, and 5 is supported; install it')]);
  });

  test.each([
    [['--format', 'json'], '"apigw docs" has no formats: it writes HTML.'],
    [['--clean'], '--clean is only an option of "apigw openapi".'],
    [['--output', '/none/api.html'], 'cannot write "/none/api.html": ENOENT'],
    [['--api', 'none'], 'there is no API "none".'],
  ])('%p', (more, message) => {
    const { code, err } = run(template(), ...more);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

test('its own script runs by its hash alone', () => {
  const output = join(folder, 'api.html');
  run(template(), '--output', output);
  const html = readFileSync(output, 'utf8');
  const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+' 'sha256-[^']+'; style-src/);
  expect(html.match(/^<script/gm)).toHaveLength(3);
  expect(html).not.toMatch(/sourceMappingURL/);
});
