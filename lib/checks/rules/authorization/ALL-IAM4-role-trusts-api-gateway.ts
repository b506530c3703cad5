import { type ApiModel, type Location } from '../../../template/model/model';
import { type Role } from '../../../template/model/neighbours';
import { outline, referenceOf, referencesIn, type Text } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { callsOf, guide, inside, resourceKey, routeOf } from '../../queries/common';
import { v2IntegrationsOf } from '../../queries/v2-integrations';
import { allApisOf } from '../../queries/v2';
import { type Rule } from '../../rule';

const ROLE = 'AWS::IAM::Role';

/** A place that gives a role to API Gateway. */
interface Use {
  readonly role: Text;
  readonly location: Location;
  /** The subject in messages. */
  readonly who: string;
  readonly key?: string;
}

function* usesIn(model: ApiModel): Iterable<Use> {
  for (const { method, integration } of callsOf(model)) {
    const { credentials: role } = integration;
    if (role !== undefined) {
      const key = routeOf(method);
      yield { role, location: integration.location, who: `the integration of ${key}`, key };
    }
  }
  for (const { integration, routes } of v2IntegrationsOf(model)) {
    const { credentials: role } = integration;
    if (role === undefined) {
      continue;
    }
    const { location } = integration;
    const key = routes.length > 0 ? routeOf(routes[0]) : undefined;
    yield { role, location, who: `the integration ${key === undefined ? location.logicalId : `of ${key}`}`, key };
  }
  for (const { authorizers } of allApisOf(model)) {
    for (const { credentials: role, location, key } of authorizers) {
      if (role !== undefined) {
        yield { role, location, who: `authorizer "${key}"`, key };
      }
    }
  }
  for (const { cloudWatchRoleArn: role, location, custom } of model.accounts) {
    if (!custom && role !== undefined) {
      yield {
        role,
        location: inside(location, 'CloudWatchRoleArn'),
        who: `${location.logicalId}, the account's logging,`,
      };
    }
  }
}

/** The roles of the templates, by their resources and by the names that they have. */
class Roles {
  private readonly byKey: ReadonlyMap<string, Role>;

  constructor(private readonly model: ApiModel) {
    this.byKey = new Map(
      model.roles.flatMap((role): [string, Role][] => [
        [resourceKey(role.location), role],
        ...(isKnown(role.name) ? [[role.name, role] as [string, Role]] : []),
      ]),
    );
  }

  /** The role in an ARN. */
  public of(arn: Text): Role | undefined {
    const reference = referenceOf(arn) ?? (/:role\/[^/]*_$/.test(outline(arn)) ? referencesIn(arn).at(-1) : undefined);
    // What comes after the path of the role.
    const text = outline(arn);
    const name = text.includes(':role/') ? text.slice(text.lastIndexOf('/') + 1) : undefined;
    return this.byKey.get(reference ? resourceKey(reference) : (name ?? ''));
  }

  /** The role whose name is in the place of its ARN. */
  public named(arn: Text): Role | undefined {
    const reference = referenceOf(arn);
    const isName = reference !== undefined && reference.attribute === undefined;
    return isName && this.model.typeOf(reference) === ROLE ? this.of(arn) : undefined;
  }
}

export const rule: Rule = {
  id: 'ALL-IAM4',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'A role of API Gateway trusts API Gateway',
  why: 'API Gateway assumes the role for each call. If the trust policy of the role does not allow that, every call returns 500, and the account\'s logging role is rejected: "Please grant trust permission for API Gateway".',
  fix: {
    library:
      'Use the integrations and authorizers of the gateway and `ApiGatewayAccountLogging`, which create the role.',
    l2:
      'Set `assumedBy: new ServicePrincipal("apigateway.amazonaws.com")` on the `Role`, and pass its `roleArn`; the role ' +
      'of a function cannot be reused.',
    cloudFormation:
      'Allow `sts:AssumeRole` to the service apigateway.amazonaws.com in `AssumeRolePolicyDocument` of the role, and ' +
      'pass its ARN (`!GetAtt Role.Arn`).',
  },
  link: guide('permissions'),
  *check(model) {
    let roles: Roles | undefined;
    for (const { role: text, location, who, key } of usesIn(model)) {
      roles ??= new Roles(model);
      const common = { location, ...(key !== undefined && { key }) };
      const named = roles.named(text);
      const role = roles.of(text);
      if (named) {
        yield { ...common, message: `${who} has the name of the role ${named.location.logicalId} instead of its ARN` };
      } else if (role?.trustsApiGateway === false) {
        yield {
          ...common,
          message: `${who} uses the role ${role.location.logicalId}, which API Gateway may not assume`,
        };
      }
    }
  },
};
