import { checkUriText } from '../back-end-url';
import { type Owner, show } from '../../authoring/errors';

/**
 * A call of any action of any AWS service, with its permissions.
 */
export interface AwsCallOptions {
  /**
   * Name of the service in its endpoint: `sqs`, `dynamodb`, `states`.
   */
  readonly service: string;

  /**
   * Action of a service whose API uses actions, e.g. `ListTables`.
   *
   * @default - none; then `path` is required
   */
  readonly action?: string;

  /**
   * Path of a service whose API uses paths, with `{name}` for the values that `requestParameters` set as `integration.request.path.name`.
   *
   * @default - none; then `action` is required
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
   * Permissions of the API's role, e.g. `['dynamodb:ListTables']`. Wildcards are not allowed.
   */
  readonly iamActions: string[];

  /**
   * ARNs of the resources of these permissions.
   */
  readonly resources: string[];
}

/** @throws if the call is incomplete, or allows more than it names */
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
      `set ${action === undefined ? 'action or path' : 'either action or path, not both'}, e.g. action: "ListTables"`,
    );
  }
  if (path !== undefined) checkUriText(path, 'path', owner);
  if (iamActions.length === 0 || resources.length === 0) {
    throw owner.error(
      'iamActions and resources are the permissions of the API; both need at least one entry, e.g. ["dynamodb:ListTables"] on ["*"]',
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
        `the path has "{${name}}", which has no value; add requestParameters: { "integration.request.path.${name}": RequestValue.path("${name}") }`,
      );
    }
  }
}

/** The part after the Region in the URI of the integration. */
export function awsTarget({ service, action, path = '' }: AwsCallOptions): string {
  return `${service}:${action === undefined ? `path/${path.replace(/^\//, '')}` : `action/${action}`}`;
}
