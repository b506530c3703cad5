import { Token } from 'aws-cdk-lib';
import { asWrittenFor, IDENTITY_SOURCES } from '../facts/identity-sources';
import { type GatewayKind } from '../facts/kinds';
import { type Owner, show } from '../authoring/errors';

export { asWrittenFor } from '../facts/identity-sources';

/** @throws if it is not a source of this kind of API; one of another kind is shown in this kind's syntax */
export function checkIdentitySource(source: string, kind: GatewayKind, owner: Owner): string {
  const { request, value, source: pattern } = IDENTITY_SOURCES[kind];
  if (Token.isUnresolved(source) || pattern.test(source)) return source;
  const meant = asWrittenFor(kind, source);
  throw owner.error(
    `the identity source ${show(source)} must be ${request}header.X, ${request}querystring.x, ${value}stageVariables.x or ${value}context.x` +
      (pattern.test(meant) ? `; write ${show(meant)}` : ''),
  );
}
