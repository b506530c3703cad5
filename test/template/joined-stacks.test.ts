import { withParents } from '../../lib/template/reader/joined-stacks';
import { readModel } from '../../lib/template/reader/read';
import { att, ref, resource, source } from './source-of';

type Loose = Record<string, unknown>;

const CHILD = {
  Parameters: { ApiId: { Type: 'String' }, RootId: { Type: 'String' } },
  Resources: {
    Orders: resource('AWS::ApiGateway::Resource', {
      RestApiId: ref('ApiId'),
      ParentId: ref('RootId'),
      PathPart: 'orders',
    }),
    Get: resource('AWS::ApiGateway::Method', { RestApiId: ref('ApiId'), ResourceId: ref('Orders'), HttpMethod: 'GET' }),
  },
};
const PASSED = { ApiId: ref('Api'), RootId: att('Api', 'RootResourceId') };

const child = (file: string) => source(CHILD, { file });
const stack = (TemplateURL: unknown, Parameters: Loose = PASSED, more: Loose = {}) =>
  resource('AWS::CloudFormation::Stack', { TemplateURL, Parameters }, more);
const parent = (stacks: Loose, file = 'app/main.yaml') =>
  source({ Resources: { Api: resource('AWS::ApiGateway::RestApi', { Name: 'x' }), ...stacks } }, { file });

const joined = (...sources: Parameters<typeof withParents>[0]) =>
  withParents(sources).flatMap((one) => (one.parent ? `${one.file} ${one.parent.file} ${one.parent.logicalId}` : []));

const sub = (text: unknown) => ({ 'Fn::Sub': text });

describe('a template that was given is the nested stack of another', () => {
  test.each<[string, unknown, string]>([
    ['by its path', './routes.yaml', 'app/routes.yaml'],
    ['by a path above', '../shared/routes.yaml', 'shared/routes.yaml'],
    ['by a URL that ends like it', 'https://s3.amazonaws.com/bucket/v1/routes.yaml', 'app/routes.yaml'],
    ['by a URL with a version', 'https://bucket.s3.amazonaws.com/routes.yaml?versionId=3', 'app/routes.yaml'],
    ['by a URL with references', sub('https://${Bucket}.s3.amazonaws.com/${Prefix}app/routes.yaml'), 'app/routes.yaml'],
    ['by a URL with variables', sub(['https://${B}/routes.yaml', { B: 'x' }]), 'app/routes.yaml'],
    ['by a URL of parts', { 'Fn::Join': ['/', ['https:/', ref('Bucket'), 'routes.yaml']] }, 'app/routes.yaml'],
  ])('%s', (_, url, file) => {
    expect(joined(parent({ Routes: stack(url) }), child(file))).toEqual([`${file} app/main.yaml Routes`]);
  });

  test.each<[string, Loose, string[]]>([
    ['another file has the name', { Routes: stack('./other.yaml') }, ['app/routes.yaml']],
    ['two files end alike', { Routes: stack('https://x/routes.yaml') }, ['a/routes.yaml', 'b/routes.yaml']],
    ['it lacks a parameter', { Routes: stack('./routes.yaml', { Other: 'x' }) }, ['app/routes.yaml']],
    ['two stacks use it', { A: stack('./routes.yaml'), B: stack('./routes.yaml') }, ['app/routes.yaml']],
    ['the URL is not known', { Routes: stack(ref('Url')) }, ['app/routes.yaml']],
    ['there is no URL', { Routes: resource('AWS::CloudFormation::Stack') }, ['app/routes.yaml']],
    ['it is no stack', { Routes: resource('AWS::S3::Bucket', { TemplateURL: './routes.yaml' }) }, ['app/routes.yaml']],
  ])('not if %s', (_, stacks, files) => {
    expect(joined(parent(stacks), ...files.map(child))).toEqual([]);
  });

  test('by the longer end, of two files', () => {
    const stacks = { Routes: stack('https://x/b/routes.yaml') };
    expect(joined(parent(stacks), child('a/routes.yaml'), child('b/routes.yaml'))).toEqual([
      'b/routes.yaml app/main.yaml Routes',
    ]);
  });

  test('by the asset that CDK writes, and by the location of a serverless application', () => {
    const asset = stack({ 'Fn::Sub': 'https://${x}' }, PASSED, { Metadata: { 'aws:asset:path': 'routes.yaml' } });
    const Parameters = PASSED;
    const application = resource('AWS::Serverless::Application', { Location: './routes.yaml', Parameters });
    for (const Routes of [asset, application]) {
      expect(joined(parent({ Routes }), child('app/routes.yaml'))).toEqual(['app/routes.yaml app/main.yaml Routes']);
    }
  });

  test('never of itself, nor of one that it holds', () => {
    const holds = (file: string, other: string) =>
      source({ Resources: { N: resource('AWS::CloudFormation::Stack', { TemplateURL: other }) } }, { file });
    expect(joined(holds('a.yaml', './a.yaml'))).toEqual([]);
    expect(joined(holds('a.yaml', './b.yaml'), holds('b.yaml', './a.yaml'))).toEqual(['b.yaml a.yaml N']);
  });

  test('and then has the API of its parent', () => {
    const model = readModel(withParents([child('app/routes.yaml'), parent({ Routes: stack('routes.yaml') })]));
    expect(model.apisInPart).toEqual([]);
    expect(model.restApis).toMatchObject([{ complete: true, methods: [{ path: '/orders' }] }]);
  });
});
