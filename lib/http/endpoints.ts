import { type Construct } from 'constructs';
import { ApiKind } from '../domain/api';
import { type DefaultEndpoint } from '../domain/default-endpoint';
import { GatewayEndpoints, type StageOfUrl } from '../domain/gateway-endpoints';
import { DEFAULT_STAGE } from '../facts/names';
import { type Owner } from '../authoring/errors';
import { isSwitchedOff } from '../document/final-properties';
import { type HttpApiResource } from './api-resource';
import { type HttpStageDefinition } from './stage';

/** What the endpoints of a gateway are made from. */
export interface HttpEndpointsContext {
  readonly owner: Owner;
  readonly defaultEndpoint: DefaultEndpoint;
  readonly api: HttpApiResource;
  /** By key. */
  readonly stages: Readonly<Record<string, StageOfUrl & { readonly definition: HttpStageDefinition }>>;
  /** Has the document made anew, in which the default endpoint is switched off. */
  readonly changed: () => void;
}

/** How callers reach the stages of an HTTP API. */
export class HttpEndpoints extends GatewayEndpoints {
  constructor(scope: Construct, { owner, defaultEndpoint, api, stages, changed }: HttpEndpointsContext) {
    super(scope, {
      owner,
      api: { kind: ApiKind.HTTP, apiId: api.ref, endpointType: 'REGIONAL' },
      defaultEndpoint,
      stages,
      scheme: 'https',
      isSwitchedOff: () => isSwitchedOff(api),
      isRoot: (key) => stages[key].definition.name === DEFAULT_STAGE,
      changed,
    });
  }
}
