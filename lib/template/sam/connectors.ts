import { own } from '../reader/scope';
import { PERMISSION } from './events';
import { type Expansion } from './expansion';
import { dict, entriesOf, isJson, type Json, object, ref, text } from './json';
import { restArn } from './rest-events';

const APIS = ['AWS::Serverless::Api', 'AWS::Serverless::HttpApi', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];
const FUNCTIONS = ['AWS::Serverless::Function', 'AWS::Lambda::Function'];

/**
 * The permissions of connectors from an API to a function: separate resources, or part of the source.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
 */
export function expandConnectors(expansion: Expansion): void {
  const resources = object(expansion.template.Resources);
  const typeOf = (id: string | undefined): string => String(own(own(resources, id ?? ''), 'Type'));
  for (const [logicalId, body] of Object.entries(resources)) {
    if (!isJson(body)) continue;
    const inside = entriesOf(body.Connectors).map(([name, connector]) => ({ name, connector, source: logicalId }));
    const source = text(dict(dict(body.Properties)?.Source)?.Id);
    const all = body.Type === 'AWS::Serverless::Connector' ? [{ name: '', connector: body, source }] : inside;
    for (const { name, connector, source: api } of all) {
      for (const fn of api !== undefined && APIS.includes(typeOf(api)) ? destinationsOf(connector) : []) {
        if (!FUNCTIONS.includes(typeOf(fn))) continue;
        const place = { logicalId, path: name === '' ? ['Properties'] : ['Connectors', name] };
        const origin = { logicalId, type: '', properties: {}, attributes: {}, place };
        expansion.add(
          `${logicalId}${name}${fn}Permission`,
          'AWS::Lambda::Permission',
          permissionOf(String(api), fn),
          origin,
        );
      }
    }
  }
}

const permissionOf = (api: string, fn: string): Json => ({
  ...PERMISSION,
  FunctionName: ref(fn),
  SourceArn: restArn(api, '*'),
});

/** One or several. */
function destinationsOf(connector: unknown): string[] {
  const destination = dict(dict(connector)?.Properties)?.Destination;
  return [destination].flat().flatMap((one) => text(dict(one)?.Id) ?? []);
}
