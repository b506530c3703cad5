import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Owner } from '../authoring/errors';
import { decisionTtl } from '../gateway/decision-ttl';
import { checkIdentitySource } from '../gateway/identity-source';
import { type HttpLambdaAuthorizerOptions, HttpPayloadFormatVersion } from './authorizer-options';

/** A Lambda authorizer, with every default filled in. */
export interface LambdaAuthorizerSettings {
  readonly fn: IFunction;
  readonly identitySources: readonly string[];
  readonly ttlSeconds: number;
  readonly payloadFormatVersion: string;
  readonly simpleResponses: boolean;
}

const ROUTE_KEY = '$context.routeKey';

/** @throws if the options contradict each other, or one caller would get the decision for another */
export function defineLambdaAuthorizer(
  fn: IFunction,
  options: HttpLambdaAuthorizerOptions,
  owner: Owner,
): LambdaAuthorizerSettings {
  const given = options.identitySources ?? [];
  for (const source of given) checkIdentitySource(source, 'http', owner);
  const version = options.payloadFormatVersion ?? HttpPayloadFormatVersion.V2_0;
  const simple = options.simpleResponses ?? version === HttpPayloadFormatVersion.V2_0;
  if (simple && version !== HttpPayloadFormatVersion.V2_0) {
    throw owner.error(
      'simpleResponses requires payload format 2.0; remove payloadFormatVersion, or return an IAM policy',
    );
  }
  const ttlSeconds = decisionTtl(options, given, 'http', owner);
  const perRoute = ttlSeconds !== 0 && !options.cacheAcrossRoutes && !given.includes(ROUTE_KEY);
  return {
    fn,
    identitySources: perRoute ? [...given, ROUTE_KEY] : [...given],
    ttlSeconds,
    payloadFormatVersion: version,
    simpleResponses: simple,
  };
}
