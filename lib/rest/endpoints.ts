import { type Construct } from 'constructs';
import { ApiKind } from '../domain/api';
import { GatewayEndpoints, type StageOfUrl } from '../domain/gateway-endpoints';
import { type Owner } from '../authoring/errors';
import { isSwitchedOff } from '../document/final-properties';
import { type RestApiResource } from './api-resource';
import { type RestApiSettings } from './settings';

/** What the endpoints of a gateway are made from. */
export interface RestEndpointsContext {
  readonly owner: Owner;
  readonly settings: RestApiSettings;
  readonly api: RestApiResource;
  /** By key. */
  readonly stages: Readonly<Record<string, StageOfUrl>>;
  /** Has what was made of the settings made anew. */
  readonly changed: () => void;
}

/** How callers reach the stages of a REST API. */
export class RestEndpoints extends GatewayEndpoints {
  constructor(scope: Construct, { owner, settings, api, stages, changed }: RestEndpointsContext) {
    const { endpointType, securityPolicy, endpointAccessMode, defaultEndpoint } = settings;
    super(scope, {
      owner,
      api: { kind: ApiKind.REST, apiId: api.ref, endpointType, securityPolicy, endpointAccessMode },
      defaultEndpoint,
      stages,
      scheme: 'https',
      isSwitchedOff: () => isSwitchedOff(api),
      changed,
    });
  }
}
