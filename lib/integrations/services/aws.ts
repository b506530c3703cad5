import { checkUriText } from '../back-end-url';
import { type Owner, show } from '../../authoring/errors';

/**
 * Any action of any AWS service, and what may be done with it.
 */
export interface AwsCallOptions {
  /**
   * Name of the service in its endpoint: `sqs`, `dynamodb`, `states`.
   */
  readonly service: string;

  /**
   * Action of a service that goes by actions, e.g. `ListTables`.
   *
   * @default - none; then `path`
   */
  readonly action?: string;

  /**
   * Path of a service that goes by paths, with `{name}` for what `requestParameters` fill as `integration.request.path.name`.
   *
   * @default - none; then `action`
   */
  readonly path?: string;

  /**
   * HTTP method of the call.
   *
   * @default 'POST'
   */
  readonly httpMethod?: string;

  /**
   * Region of the service.
   *
   * @default - the Region of the API
   */
  readonly region?: string;

  /**
   * What the API's role may do, e.g. `['dynamodb:ListTables']`. Wildcards are not taken.
   */
  readonly iamActions: string[];

  /**
   * ARNs that it may do it on.
   */
  readonly resources: string[];
}

/** @throws where the call is not whole, or may do more than it says */
export function checkAwsCall(
  { service, action, path, iamActions, resources }: AwsCallOptions,
  mappings: Readonly<Record<string, string>>,
  owner: Owner,
): void {
  if (!/^[a-z][a-z0-9.-]*$/.test(service)) {
    throw owner.error(
      `service ${show(service)} must be the name in the service's endpoint, e.g. "dynamodb" of dynamodb.eu-west-1.amazonaws.com`,
    );
  }
  if ((action === undefined) === (path === undefined)) {
    throw owner.error(
      `give ${action === undefined ? 'action or path' : 'either action or path, not both'}, e.g. action: "ListTables"`,
    );
  }
  if (path !== undefined) checkUriText(path, 'path', owner);
  if (iamActions.length === 0 || resources.length === 0) {
    throw owner.error(
      'iamActions and resources say what the API may do; both need at least one, e.g. ["dynamodb:ListTables"] on ["*"]',
    );
  }
  const wild = iamActions.find((one) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(one));
  if (wild !== undefined)
    throw owner.error(
      `iamActions has ${show(wild)}; write one action with its service, without wildcards, e.g. "sqs:SendMessage"`,
    );
  for (const [, name] of (path ?? '').replace(/\$\{Token\[[^[\]]*\]\}/g, '').matchAll(/\{([^{}]+)\}/g)) {
    if (!mappings[`integration.request.path.${name}`]) {
      throw owner.error(
        `the path has "{${name}}", which nothing fills; add requestParameters: { "integration.request.path.${name}": RequestValue.path("${name}") }`,
      );
    }
  }
}

/** What follows the Region in the URI of the integration. */
export function awsTarget({ service, action, path = '' }: AwsCallOptions): string {
  return `${service}:${action === undefined ? `path/${path.replace(/^\//, '')}` : `action/${action}`}`;
}
