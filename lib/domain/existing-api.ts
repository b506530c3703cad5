import { Owner } from '../authoring/errors';
import { type ApiKind, kindOf, type ApiMappingTarget, type IMappableApi } from './api';

/**
 * An API that was made elsewhere: by another construct, another app or by hand.
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
   * Name of its stage, `$default` included. Of a stage in this app give the reference (`stage.stageName`, `cfnStage.ref`),
   * so that the mapping is made after it.
   */
  readonly stageName: string;

  /**
   * Whether its default `execute-api` endpoint is off. A domain with mutual TLS takes no other API.
   *
   * @default - not known
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * Endpoint type of a REST API: REGIONAL, EDGE or PRIVATE. Private APIs go with private domains only.
   *
   * @default - not known
   */
  readonly endpointType?: string;
}

/** An API that was made elsewhere, for `ApiDomain.map`. */
export class ExistingApi implements IMappableApi {
  /**
   * An API by its id and stage.
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
   * @throws where a stage is named: the API comes with its own
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
