import { Token } from 'aws-cdk-lib';
import { type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Owner, show } from '../authoring/errors';

/**
 * Options of an API key that the gateway makes.
 */
export interface GatewayApiKeyOptions {
  /**
   * Whose key it is.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether requests with the key are let through. A key that is off keeps its value and its plans.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Name of the key in the console, unique in the account. A fixed name gets in the way when CloudFormation has to
   * replace the key.
   *
   * @default - made by CloudFormation
   */
  readonly apiKeyName?: string;

  /**
   * Identifier of the customer at AWS Marketplace.
   *
   * @default - none
   */
  readonly customerId?: string;

  /**
   * Tags of the key, beside those of its scope.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * Options of an API key whose value is in AWS Secrets Manager.
 */
export interface SecretApiKeyOptions extends GatewayApiKeyOptions {
  /**
   * The field of the secret's JSON that holds the value.
   *
   * @default - the whole secret string is the value
   */
  readonly field?: string;
}

/** An API key, every default filled in. */
export interface ApiKeyDefinition {
  /** Id of a key that is there already; then nothing else counts. */
  readonly existingId?: string;
  readonly secret?: ISecret;
  readonly field?: string;
  readonly options: GatewayApiKeyOptions;
}

/**
 * An API key of usage plans. A key meters its holder; it does not authenticate anyone.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export class GatewayApiKey {
  /**
   * A key whose value API Gateway makes up; it is read in the console or with `aws apigateway get-api-key --include-value`.
   *
   * @param options description, and whether the key is on
   */
  public static generated(options: GatewayApiKeyOptions = {}): GatewayApiKey {
    return new GatewayApiKey({ options });
  }

  /**
   * A key whose value is in AWS Secrets Manager: 20 to 128 letters and digits. CloudFormation reads it when it makes the
   * key, so the value is never in the template; a secret that changes later does not change the key.
   *
   * @param secret secret that holds the value
   * @param options field of the secret, description, and whether the key is on
   */
  public static fromSecret(secret: ISecret, options: SecretApiKeyOptions = {}): GatewayApiKey {
    if (options.field === '') {
      throw new Owner('GatewayApiKey.fromSecret').error(
        'field is empty; name a field of the JSON, or leave it out where the whole string is the value',
      );
    }
    return new GatewayApiKey({ secret, field: options.field, options });
  }

  /**
   * A key that was made elsewhere.
   *
   * @param apiKeyId id of the key, e.g. `a1b2c3d4e5`; not its value
   */
  public static fromApiKeyId(apiKeyId: string): GatewayApiKey {
    if (!Token.isUnresolved(apiKeyId) && !/^[a-z0-9]{1,19}$/.test(apiKeyId)) {
      const shown = apiKeyId.length < 20 ? show(apiKeyId) : `${apiKeyId.length} characters`;
      throw new Owner('GatewayApiKey.fromApiKeyId').error(
        `must be the id of a key, about ten of a-z 0-9 such as "a1b2c3d4e5", got: ${shown}; a key's value has no place in code`,
      );
    }
    return new GatewayApiKey({ existingId: apiKeyId, options: {} });
  }

  /** @internal */
  public readonly _definition: ApiKeyDefinition;

  private constructor(definition: ApiKeyDefinition) {
    this._definition = definition;
  }
}
