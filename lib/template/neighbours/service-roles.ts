import { resourceKey } from '../model/place';
import { jsonText } from '../reader/json-text';
import { type RoleStatement, type ServiceRole } from '../model/neighbours';
import { Node } from '../reader/node';
import { type App } from '../reader/scope';
import { outline, type Text, UNKNOWN_TEXT } from '../model/text';

const ROLE = 'AWS::IAM::Role';
const SERVICE = 'apigateway.amazonaws.com';
/** Resources that give a role a policy, and how they name it. */
const POLICY_TYPES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'];
/** Resources that have policies inside of them. */
const IDENTITY_TYPES = [ROLE, 'AWS::IAM::User', 'AWS::IAM::Group'];
const MANAGED_POLICY = 'AWS::IAM::ManagedPolicy';

/** The roles that trust API Gateway, with the policies that the templates give them. */
export function readServiceRoles(app: App): ServiceRole[] {
  const roles = new Map<string, { node: Node; statements: RoleStatement[] }>();
  for (const { scope, logicalId } of app.ofType(ROLE)) {
    const node = Node.properties(scope, logicalId);
    if (trustsApiGateway(node.get('AssumeRolePolicyDocument'))) {
      roles.set(resourceKey(node.ref), { node, statements: inlineStatements(app, node) });
    }
  }
  for (const type of roles.size > 0 ? POLICY_TYPES : []) {
    for (const { scope, logicalId } of app.ofType(type)) {
      const policy = Node.properties(scope, logicalId);
      for (const name of [policy.get('RoleName'), ...policy.get('Roles').knownItems()]) {
        const target = name.reference();
        const role = target && roles.get(resourceKey(target));
        role?.statements.push(...statementsOf(policy.get('PolicyDocument')));
      }
    }
  }
  return [...roles.values()].map(({ node, statements }) => ({ location: node.location, statements }));
}

/** Statements of all policies that name `execute-api:ManageConnections`. */
export function readConnectionStatements(app: App): RoleStatement[] {
  const documents = [
    ...[...POLICY_TYPES, 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy'].flatMap((type) =>
      propertiesOf(app, type).map((policy) => policy.get('PolicyDocument')),
    ),
    ...IDENTITY_TYPES.flatMap((type) =>
      propertiesOf(app, type).flatMap((identity) =>
        identity
          .get('Policies')
          .knownItems()
          .map((policy) => policy.get('PolicyDocument')),
      ),
    ),
  ];
  // Most policies are about something else, and not worth a walk.
  return documents
    .filter(({ written }) => jsonText(written)?.includes('ManageConnections'))
    .flatMap(statementsOf)
    .filter(({ actions }) => actions.some((action) => /:ManageConnections$/i.test(outline(action))));
}

const propertiesOf = (app: App, type: string): Node[] =>
  [...app.ofType(type)].map(({ scope, logicalId }) => Node.properties(scope, logicalId));

function trustsApiGateway(document: Node): boolean {
  // Most roles of an app are those of its functions, and not worth a walk.
  const { written } = document;
  if (!jsonText(written)?.includes(SERVICE)) {
    return false;
  }
  return listOf(document.get('Statement')).some((statement) =>
    listOf(statement.get('Principal').get('Service')).some((service) => service.string() === SERVICE),
  );
}

function inlineStatements(app: App, role: Node): RoleStatement[] {
  const inline = role.get('Policies').knownItems();
  const attached = role
    .get('ManagedPolicyArns')
    .knownItems()
    .flatMap((arn) => {
      const ref = arn.reference();
      const scope = ref && app.typeOf(ref) === MANAGED_POLICY ? app.scopes.get(ref.template) : undefined;
      return scope && ref ? [Node.properties(scope, ref.logicalId)] : [];
    });
  return [...inline, ...attached].flatMap((policy) => statementsOf(policy.get('PolicyDocument')));
}

function statementsOf(document: Node): RoleStatement[] {
  return listOf(document.get('Statement')).map((statement) => ({
    location: statement.location,
    effect: statement.get('Effect').string(),
    actions: textsOf(statement.get('Action')),
    resources: textsOf(statement.get('Resource')),
    hasCondition: !statement.get('Condition').isAbsent,
  }));
}

/** IAM takes one element in place of a list. */
function listOf(node: Node): Node[] {
  return node.isList ? node.knownItems() : node.isAbsent ? [] : [node];
}

const textsOf = (node: Node): Text[] => listOf(node).map((item) => item.text() ?? UNKNOWN_TEXT);
