import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type S3Client } from '@aws-sdk/client-s3';
import { App, PropertyInjectors } from 'aws-cdk-lib';
import { EXAMPLES } from '../../examples/examples';
import { HttpGateway, RestGateway } from '../../lib';
import { runRules } from '../../lib/checks/run';
import { DEFINITION_KEY, DEFINITION_TYPE } from '../../lib/facts/own-resources';
import { openApiOf } from '../../lib/template/openapi/document-of';
import { readAssembly } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';
import { main } from '../../runtime/cli/main';
import { FakeBuckets } from '../support/fake-aws/s3';
import { type FakeServer } from '../support/fake-http';
import { type Json } from '../support/stacks';
import { asSent, clientOf, eventOf, handlerOf, publishAll, resolved } from './deployed';

const APIS = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];

/** An example, with the documents of its APIs in the templates or as assets. */
function synthesized(name: string, isAsset: boolean): string {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  if (isAsset) {
    const inject = <P extends object>(props: P) => ({ ...props, definitionAsAsset: true });
    PropertyInjectors.of(app).add(
      ...[RestGateway, HttpGateway].map((type) => ({ constructUniqueId: type.PROPERTY_INJECTION_ID, inject })),
    );
  }
  EXAMPLES[name](app);
  return app.synth().directory;
}

/** Without the paths of resources that only one of the two has, and without the folder. */
function findingsOf(directory: string): Json[] {
  return runRules(readModel(readAssembly(directory)))
    .filter(({ logicalId }) => !/Definition(HandlerLogs|Resolve|Resource)/.test(logicalId))
    .map(({ id, severity, logicalId, path, message, key }) => ({ id, severity, logicalId, path, message, key }));
}

function printed(directory: string, ...command: string[]): string {
  let text = '';
  main([...command, directory], { stdout: (more) => (text += more), stderr: (more) => (text += more), color: false });
  return text.replaceAll(directory, '');
}

const NAMES = Object.keys(EXAMPLES).filter((name) => !name.startsWith('websocket'));

describe.each(NAMES)('%s, with its documents as assets', (name) => {
  let inline: string;
  let asset: string;

  beforeAll(() => {
    inline = synthesized(name, false);
    asset = synthesized(name, true);
  });

  const templates = (directory: string): Json[] => readAssembly(directory).map(({ template }) => template);

  test('reads as in the template: models, findings, routes and OpenAPI documents', () => {
    const apis = (directory: string): Json => {
      const sources = readAssembly(directory);
      const { restApis, httpApis } = readModel(sources);
      return [...restApis, ...httpApis].map((api) => [api.form, api.complete, openApiOf(sources, api)]);
    };
    expect(apis(asset).length).toBeGreaterThan(0);
    expect(apis(asset)).toEqual(apis(inline));
    expect(findingsOf(asset)).toEqual(findingsOf(inline));
    const routes = (directory: string) => JSON.parse(printed(directory, 'routes', '--format', 'json')).apis;
    expect(routes(asset)).toEqual(routes(inline));
  });

  test('keeps the logical ids of the API, its deployments and its stages', () => {
    const ids = (directory: string): Json =>
      templates(directory).map(({ Resources }) =>
        Object.keys(Resources).filter((id) => /^AWS::ApiGateway/.test(Resources[id].Type)),
      );
    expect(ids(asset)).toEqual(ids(inline));
  });

  describe('is deployed', () => {
    const buckets = new FakeBuckets();
    let server: FakeServer;
    let client: S3Client;

    beforeAll(async () => {
      server = await buckets.serve();
      client = clientOf(server.url);
      publishAll(asset, buckets);
    });

    afterAll(async () => {
      client.destroy();
      await server.close();
    });

    test('with what the Body would have been', async () => {
      const bodies = raw(inline).flatMap(({ Resources }) => Object.values<Json>(Resources).filter(isApi));
      const apart = raw(asset).flatMap(({ Resources }) =>
        Object.values<Json>(Resources)
          .filter(isApi)
          .map(({ Properties }) => [Properties, Resources]),
      );
      expect(apart).toHaveLength(bodies.length);
      for (const [index, [api, resources]] of apart.entries()) {
        const custom = resources[api.BodyS3Location.Key['Fn::GetAtt'][0]];
        expect(custom.Type).toBe(DEFINITION_TYPE);
        const properties = asSent(resolved(custom.Properties));
        const { data } = (await handlerOf(client).handle(eventOf('Create', properties)))!;
        const stored = buckets.objects.get(`${properties.Bucket}/${String(data![DEFINITION_KEY])}`)!;
        expect(JSON.parse(stored)).toEqual(resolved(bodies[index].Properties.Body));
      }
    });
  });
});

const isApi = ({ Type, Properties }: Json) => APIS.includes(Type) && Properties.ProtocolType !== 'WEBSOCKET';

/** The templates as written, whose documents the reader has not put in place. */
function raw(directory: string): Json[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.template.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')));
}
