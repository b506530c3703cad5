import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RULES } from '../../lib/checks/registry';
import { FRAMEWORKS } from '../../lib/checks/rule';
import { main } from '../../runtime/cli/main';

let folder: string;
const file = (name: string) => join(folder, name);

const OPEN_API = `
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: { Name: shop }
  GetOrders:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      Integration: { Type: HTTP, IntegrationHttpMethod: GET, Uri: "https://orders.example.com", IntegrationResponses: [{ StatusCode: 200 }] }
      MethodResponses: [{ StatusCode: 200 }]
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apigw-check-'));
  mkdirSync(file('deep'));
  writeFileSync(file('open.yaml'), OPEN_API);
  writeFileSync(file('deep/a.yaml'), OPEN_API);
  writeFileSync(file('deep/b.yaml'), 'Resources: {}');
  writeFileSync(file('odd[1].yaml'), OPEN_API);
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]): { code: number; out: string; err: string } {
  let out = '';
  let err = '';
  const io = {
    stdout: (text: string) => void (out += text),
    stderr: (text: string) => void (err += text),
    color: false,
  };
  return { code: main(args, io), out, err };
}

const idsOf = (json: string): string[] =>
  [...new Set((JSON.parse(json) as { id: string }[]).map(({ id }) => id))].sort();

describe('formats', () => {
  test('SARIF names rules, places and levels, and the same finding by the same print', () => {
    const { code, out } = run('check', '--format', 'sarif', file('open.yaml'));
    const log = JSON.parse(out);
    const [{ tool, results, artifacts }] = log.runs;
    expect(log.version).toBe('2.1.0');
    expect(code).toBe(1);
    expect(tool.driver.name).toBe('apigw');
    const ruleIds = tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(
      expect.arrayContaining(['ALL-AUTH1', 'REST-TLS1']),
    );
    for (const { ruleId, ruleIndex, level, message, locations, partialFingerprints } of results) {
      expect(ruleIds[ruleIndex]).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).toMatch(/\(at (Api|GetOrders)/);
      expect(locations[0].physicalLocation.artifactLocation.uri).toContain('open.yaml');
      expect(locations[0].logicalLocations[0].fullyQualifiedName).toMatch(/^(Api|GetOrders)/);
      expect(partialFingerprints['apigw/v1']).toContain(ruleId);
    }
    expect(artifacts ?? []).toBeInstanceOf(Array);
    const prints = results.map((result: { partialFingerprints: object }) => JSON.stringify(result.partialFingerprints));
    expect(new Set(prints).size).toBe(results.length);
  });

  test('SARIF of nothing is a run without results', () => {
    const { code, out } = run('check', '--format', 'sarif', file('deep/b.yaml'));
    expect(code).toBe(0);
    expect(JSON.parse(out).runs[0].results ?? []).toEqual([]);
  });

  test('JUnit fails for errors and skips the others', () => {
    const { out } = run('check', '--format', 'junit', file('open.yaml'));
    expect(out).toMatch(/<testsuite [^>]*name="[^"]*open.yaml"[^>]*failures="1"/);
    expect(out).toMatch(/<testcase [^>]*name="ALL-AUTH1 GetOrders[^"]*"[^>]*>\s*<failure [^>]*type="ALL-AUTH1"/);
    expect(out).toMatch(/<testcase [^>]*name="REST-TLS1 Api[^"]*"[^>]*>\s*<skipped\/>/);
    expect(run('check', '--format', 'junit', file('deep/b.yaml')).out).toMatch(/failures="0"[^]*name="no findings"/);
  });

  test('GitHub gets one command a finding, on one line', () => {
    const lines = run('check', '--format', 'github', file('open.yaml')).out.trim().split('\n');
    const { length } = JSON.parse(run('check', '--format', 'json', file('open.yaml')).out) as unknown[];
    expect(lines).toHaveLength(length);
    expect(lines[0]).toMatch(
      /^::error file=[^,]*open.yaml,line=8,col=5,title=ALL-AUTH1%3A [^:]*::GET \/ has no authorization[^]*%0Afix: /,
    );
    expect(lines.filter((line) => line.startsWith('::warning ')).length).toBeGreaterThan(0);
  });
});

describe('what is read', () => {
  test('a pattern stands for the files like it', () => {
    const found = JSON.parse(run('check', '--format', 'json', file('deep/*.yaml')).out) as { template: string }[];
    expect([...new Set(found.map(({ template }) => template))]).toEqual([file('deep/a.yaml')]);
    expect(run('check', file('nowhere/*.yaml'))).toMatchObject({
      code: 2,
      err: `apigw: no file matches "${file('nowhere/*.yaml')}".\n`,
    });
  });

  test('a pattern of Windows has its own separators', () => {
    const pattern = file('deep/*.yaml').replaceAll('/', '\\');
    expect(run('check', pattern).code).toBe(2);
    const platform = Object.getOwnPropertyDescriptor(process, 'platform')!;
    Object.defineProperty(process, 'platform', { ...platform, value: 'win32' });
    try {
      expect(run('check', '--format', 'json', pattern).out).toContain('deep/a.yaml');
    } finally {
      Object.defineProperty(process, 'platform', platform);
    }
  });

  test('a file with the signs of a pattern in its name is that file', () => {
    expect(run('check', file('odd[1].yaml')).code).toBe(1);
  });

  test('- is standard input', () => {
    const command = join(__dirname, '../../assets/cli/apigw.js');
    const read = (input: string): string =>
      execFileSync(process.execPath, [command, 'check', '--format', 'json', '--rule', 'REST-TLS1', '-'], {
        input,
        encoding: 'utf8',
      });
    expect(JSON.parse(read(OPEN_API))).toMatchObject([{ id: 'REST-TLS1', template: 'standard input' }]);
  });
});

describe('which rules', () => {
  test('--rule runs the named ones alone', () => {
    expect(
      idsOf(run('check', '--format', 'json', '--rule', 'rest-tls1', '--rule', 'ALL-AUTH1', file('open.yaml')).out),
    ).toEqual(['ALL-AUTH1', 'REST-TLS1']);
    expect(run('check', '--rule', 'REST-LOG1', file('open.yaml')).err).toBe(
      'apigw: there is no rule "REST-LOG1". Did you mean ALL-LOG1?\n',
    );
    expect(run('check', '--rule', 'nonsense', file('open.yaml')).err).toContain('"apigw rules" lists them');
  });

  test('--framework runs those that the other one has as well', () => {
    const found = idsOf(run('check', '--format', 'json', '--framework', 'security-hub', file('open.yaml')).out);
    expect(found).toEqual(['ALL-AUTH1']);
    expect(run('check', '--framework', 'securityhub', file('open.yaml')).err).toContain('Did you mean "security-hub"?');
  });

  test('apigw rules lists, filters and explains', () => {
    expect(JSON.parse(run('rules', '--format', 'json').out)).toHaveLength(RULES.length);
    const hub = JSON.parse(run('rules', '--framework', 'security-hub', '--format', 'json').out) as { sameAs: object }[];
    expect(hub.length).toBeGreaterThan(5);
    expect(hub.every(({ sameAs }) => 'security-hub' in sameAs)).toBe(true);
    const text = run('rules', 'all-auth1').out;
    expect(text).toMatch(
      /^ALL-AUTH1 \(error[^]*why: [^]*fix:\nThis library: [^]*\nCloudFormation: [^]*\nsource: https:[^]*elsewhere: cdk-nag: AwsSolutions-APIG4/,
    );
    expect(run('rules', 'REST-AUTH9')).toMatchObject({ code: 2 });
    expect(run('rules').out).toMatch(/│ ALL-AUTH1 +│ error +│ authorization/);
  });

  test('every framework has a rule of ours', () => {
    expect(FRAMEWORKS.filter((name) => !RULES.some(({ sameAs }) => sameAs?.[name]))).toEqual([]);
  });

  test.each([
    ['routes', '--rule', 'ALL-AUTH1', '--rule is only an option of "apigw check".'],
    ['openapi', '--framework', 'checkov', '--framework is only an option of "apigw check" and "apigw rules".'],
    ['advise', '--config', 'x', '--config is only an option of "apigw check".'],
  ])('%s %s is refused', (command, option, value, message) => {
    expect(run(command, option, value, file('open.yaml'))).toMatchObject({ code: 2, err: `apigw: ${message}\n` });
  });
});

describe('the configuration file', () => {
  const check = (yaml: string) => {
    writeFileSync(file('config.yaml'), yaml);
    return run('check', '--config', file('config.yaml'), file('open.yaml'));
  };
  const entry = (text: string): string => `acknowledge:\n  - { ${text} }\n`;

  test('answers findings of a rule, route, resource or template, and counts them', () => {
    const { code, out } = check(
      entry('rule: "ALL-AUTH1[GET /]", reason: a probe, resource: GetOrders, template: open.yaml'),
    );
    expect(code).toBe(0);
    expect(out).toContain(`1 finding acknowledged in ${file('config.yaml')}: ALL-AUTH1[GET /].`);
    expect(out).not.toContain('has no authorization');
    for (const other of [
      'rule: "ALL-AUTH1[GET /b]"',
      'rule: ALL-AUTH1, resource: Other',
      'rule: ALL-AUTH1, template: b.yaml',
    ])
      expect([other, check(entry(`${other}, reason: x`)).code]).toEqual([other, 1]);
  });

  test('answers nothing after its day, and says so', () => {
    expect(check(entry('rule: ALL-AUTH1, reason: until spring, expires: "2099-12-31"')).code).toBe(0);
    const { code, err } = check(entry('rule: ALL-AUTH1, reason: until spring, expires: 2020-02-29'));
    expect(code).toBe(1);
    expect(err).toBe(
      `apigw: "${file('config.yaml')}": the acknowledgement of ALL-AUTH1 ended on 2020-02-29 (until spring).\n`,
    );
  });

  test.each([
    ['[]', 'must contain "acknowledge:"'],
    ['acknowledged: []', '"acknowledged" is not a setting. Did you mean "acknowledge"?'],
    ['acknowledge: 1', '"acknowledge" must be a list.'],
    ['acknowledge: [1]', 'acknowledge[0] must contain "rule" and "reason".'],
    [entry('reason: x'), 'acknowledge[0] has no "rule"'],
    [entry('rule: ALL-AUTH1'), 'acknowledge[0] acknowledges ALL-AUTH1 without a "reason"'],
    [entry('rule: ALL-AUTH1, reason: " "'), 'without a "reason"'],
    [entry('rule: ALL-AUHT1, reason: x'), 'has the rule "ALL-AUHT1", which does not exist. Did you mean "ALL-AUTH1"?'],
    [
      entry('rule: ALL-AUTH1, reason: x, expire: "2030-01-01"'),
      'has the unknown key "expire". Did you mean "expires"?',
    ],
    [entry('rule: ALL-AUTH1, reason: x, expires: 2030-02-30'), 'has expires "2030-02-30", which is not a date'],
    [entry('rule: ALL-AUTH1, reason: 1'), 'has a "reason" that is not a string'],
    ['acknowledge: [', 'cannot be read'],
  ])('%j is refused', (yaml, message) => {
    const { code, err } = check(yaml);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('one that is named must be there', () => {
    expect(run('check', '--config', file('none.yaml'), file('open.yaml')).err).toBe(
      `apigw: there is no configuration file "${file('none.yaml')}".\n`,
    );
  });
});
