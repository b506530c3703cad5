import { type Environment } from '../environment';
import { type HeaderFields } from '../exchange';
import { type CompiledIntegration, type CompiledMethod } from './compile';
import { type BinaryTypes, type Content, readable } from '../content';
import { type RequestContext } from '../context';
import { type MappingSources } from '../mapping/mappings';
import { type RestRequest } from './request';
import { type TemplateScope } from '../mapping/templates';
import { type MappingInput } from '../mapping/input';
import { lastValues } from '../multi-values';

/** A request whose route is found, on its way through integration and answer. */
export interface Exchange {
  readonly environment: Environment;
  readonly request: RestRequest;
  readonly method: CompiledMethod;
  readonly integration: CompiledIntegration;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly context: RequestContext;
  readonly binary: BinaryTypes;
  readonly scope: TemplateScope;
  readonly sources: MappingSources;
  readonly requestId: string;
  readonly traceId: string;
  readonly apiId: string;
}

/** The request to the back end. */
export interface IntegrationRequest {
  readonly body: Content;
  /** Set by mappings and overrides. */
  readonly headers: HeaderFields;
  readonly query: HeaderFields;
  readonly path: Readonly<Record<string, string>>;
}

export function templateInput(exchange: Exchange, content: Content, what: string): MappingInput {
  const { pathParameters, request } = exchange;
  return {
    body: readable(content, what),
    path: pathParameters,
    query: lastValues(request.query),
    headers: lastValues(request.headers),
  };
}
