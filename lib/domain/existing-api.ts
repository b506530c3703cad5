import { Owner } from '../authoring/errors';
import { type ApiKind, kindOf, type ApiMappingTarget, type IMappableApi } from './api';

/**
 * Attributes of an API created elsewhere: by another construct, by another app or manually.
 *
 * @example
 * ExistingApi.fromAttributes({ kind: ApiKind.HTTP, apiId: 'a1b2c3d4e5', stageName: '$default' });
 */
export interface ExistingApiAttributes {
  /**
   * Kind of the API.
   */
  readonly kind: ApiKind;

  /**
   * Id of the API.
   */
  readonly apiId: string;

  /**
   * Name of its stage, `$default` included. For a stage in this app pass the reference (`stage.stageName`, `cfnStage.ref`),
   * so CloudFormation creates the mapping after it.
   */
  readonly stageName: string;

  /**
   * Whether its default `execute-api` endpoint is off. A domain with mutual TLS accepts no other API.
   *
   * @default - unknown
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * Endpoint type of a REST API: REGIONAL, EDGE or PRIVATE. Private APIs need private domains.
   *
   * @default - unknown
   */
  readonly endpointType?: string;
}

/** An API created elsewhere, for `ApiDomain.map`. */
export class ExistingApi implements IMappableApi {
  /**
   * Imports an API by its id and stage.
   *
   * @param attributes kind, id and stage
   */
  public static fromAttributes(attributes: ExistingApiAttributes): ExistingApi {
    return new ExistingApi(attributes);
  }

  private constructor(private readonly attributes: ExistingApiAttributes) {}

  /**
   * Called by `ApiDomain`.
   *
   * @throws if a stage is named: the API has its own
   */
  public bindToDomain(stage?: string): ApiMappingTarget {
    const { attributes } = this;
    const label = `the ${kindOf(attributes.kind).name} API "${attributes.apiId}"`;
    if (stage !== undefined) {
      throw new Owner('ApiDomain').error(
        `${label} comes with its stage (stageName of ExistingApi.fromAttributes); leave stage: "${stage}" out`,
      );
    }
    return { ...attributes, label };
  }
}
