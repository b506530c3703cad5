import { type ApiModel, type RestApi } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';

type Loose = Record<string, unknown>;

export function source(template: Loose, more: Partial<TemplateSource> = {}): TemplateSource {
  return { file: 'app.json', template, bytes: 0, ...more };
}

export function resource(type: string, properties?: Loose, more: Loose = {}): Loose {
  return { Type: type, ...(properties && { Properties: properties }), ...more };
}

/** The model of one template with these resources. */
export function modelOf(resources: Loose, sections: Loose = {}, more: Partial<TemplateSource> = {}): ApiModel {
  return readModel([source({ Resources: resources, ...sections }, more)]);
}

/** The only API, from a body. */
export function apiOf(body: unknown, properties: Loose = {}, resources: Loose = {}): RestApi {
  const api = resource('AWS::ApiGateway::RestApi', { Body: body, ...properties });
  return modelOf({ Api: api, ...resources }).restApis[0];
}

export const ref = (Ref: string): Loose => ({ Ref });
export const att = (...path: string[]): Loose => ({ 'Fn::GetAtt': path });

/** The URI by which API Gateway invokes a function. */
export function invocation(fn: unknown, suffix = '/invocations'): Loose {
  const head = [
    'arn:',
    ref('AWS::Partition'),
    ':apigateway:',
    ref('AWS::Region'),
    ':lambda:path/2015-03-31/functions/',
  ];
  return { 'Fn::Join': ['', [...head, fn, suffix]] };
}
