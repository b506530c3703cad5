import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Packed, packed } from './packed';

let library: Packed;
beforeAll(() => (library = packed()));

const RESOURCES = { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'orders', ProtocolType: 'HTTP' } } };

/** What the installed command prints, and the files of the package that it loads, by folder. */
function apigw(...words: string[]): { readonly out: string; readonly loaded: readonly string[] } {
  const command = join(library.folder, 'assets/cli/apigw.js');
  const script = `process.argv.splice(1, 0, ${JSON.stringify(command)}); require(${JSON.stringify(command)});
    process.on('exit', () => process.stderr.write(JSON.stringify(Object.keys(require.cache))));`;
  const options = { cwd: library.home, stdio: 'pipe', encoding: 'utf8' } as const;
  const tell = `const { spawnSync } = require('node:child_process');
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', ${JSON.stringify(script)}, '--', ...process.argv.slice(1)]);
    process.stdout.write(JSON.stringify([String(stdout), String(stderr)]));`;
  const [out, errors] = JSON.parse(execFileSync(process.execPath, ['-e', tell, '--', ...words], options)) as string[];
  const files = JSON.parse(errors) as string[];
  return { out, loaded: files.map((file) => `${basename(dirname(file))}/${basename(file)}`).sort() };
}

test.each([
  ['template.json', 'table', 'No findings', []],
  ['template.yaml', 'table', 'No findings', ['yaml/index.js']],
  ['template.json', 'sarif', '"version": "2.1.0"', ['cli/node-sarif-builder.js']],
  ['template.json', 'junit', '<testsuites', ['cli/junit-report-builder.js']],
  ['*.json', 'table', 'No findings', ['cli/tinyglobby.js']],
])('apigw check of %s as %s loads what it needs', (file, format, text, packages) => {
  writeFileSync(join(library.home, 'template.json'), JSON.stringify({ Resources: RESOURCES }));
  // Each JSON is YAML as well.
  writeFileSync(join(library.home, 'template.yaml'), `---\nResources: ${JSON.stringify(RESOURCES)}\n`);
  const { out, loaded } = apigw('check', file, '--format', format);
  expect(out).toContain(text);
  expect(loaded).toEqual(['cli/apigw.js', 'core/index.js', ...packages].sort());
});

test('digests, which ids of SAM have, come from Node.js itself', () => {
  const Domain = { DomainName: 'api.example.com', CertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a' };
  const Api = { Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod', Domain } };
  const template = { Transform: 'AWS::Serverless-2016-10-31', Resources: { Api } };
  writeFileSync(join(library.home, 'sam.json'), JSON.stringify(template));
  const { out } = apigw('check', 'sam.json');
  expect(out).toContain('REST-DEP3');
});

test('commands that call AWS load the SDK', () => {
  const { loaded } = apigw('canary', '--help');
  expect(loaded).toEqual(['cli/apigw.js', 'cli/live.js', 'core/index.js']);
});
