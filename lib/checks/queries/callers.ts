import { InvokeReach } from '../../policies/invoke-reach';
import { type Operation } from '../../policies/operation-groups';
import { asList, isRecord, type Statement } from '../../policies/resource-policies';
import { comparisonsOf, isIn, itemsOf, rangeOf, statementsOf } from '../../policies/statements';
import { type AnyRoute, type ApiModel, type HttpApi, type Method, type RestApi } from '../../template/model/model';
import { isLiteral } from '../../template/model/text';
import { isKnown } from '../../template/model/value';
import { ANYONE, type Callers, reachOf } from './reach';

const MOCK: Callers = { message: 'anyone can get what the mock returns', severity: 'warning' };
const POLICY: Callers = {
  message: 'only the resource policy decides who can call it',
  guard: 'the resource policy',
  severity: 'info',
};

const ANY_ADDRESS = ['0.0.0.0/0', '::/0'];

/** Whether the statement denies all but some: those that it does not compare with, or names as principals. */
function deniesOthers(statement: Statement): boolean {
  if (statement.Effect !== 'Deny') return false;
  const compared = comparisonsOf(statement);
  const isForOthers = ([operator]: readonly [string, ...unknown[]]): boolean => /Not|Null/.test(operator);
  return statement.NotPrincipal !== undefined || compared === undefined || compared.some(isForOthers);
}

/** Whether the conditions hold for every caller. */
const holdsForAll = (statement: Statement): boolean =>
  comparisonsOf(statement)?.every(
    ([operator, key, expected]) =>
      (/^IpAddress/.test(operator) && asList(expected).some((one) => ANY_ADDRESS.includes(String(one)))) ||
      key.toLowerCase() === 'aws:securetransport',
  ) ?? false;

const isKnownStatement = (one: unknown): one is Statement => isRecord(one) && typeof one.Effect === 'string';

/** A policy may be written as a text. */
function parsed(policy: unknown): unknown {
  if (typeof policy !== 'string') return policy;
  try {
    return JSON.parse(policy) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether the resource policy allows everyone to call the method; never if part of the policy is unknown. */
function opensToAll(api: RestApi): (method: Method) => boolean {
  const policy = parsed(api.policy);
  const statements = itemsOf(policy, true);
  const isClear = isRecord(policy) && 'Statement' in policy && statements.every(isKnownStatement);
  if (!isClear || statements.some(deniesOthers)) return () => false;
  const open = statementsOf(policy, true)
    .filter((one) => one.Effect === 'Allow' && holdsForAll(one))
    .map(rangeOf);
  const patterns = open.flatMap((range) => range.patterns.map((pattern) => ({ pattern, range })));
  if (patterns.some(({ pattern, range }) => range.except.length === 0 && /^\*(\/\*)*$/.test(pattern)))
    return () => true;
  const operations = new Map(api.methods.map((method) => [method, operationOf(method)]));
  const reach = new InvokeReach([...operations.values()].filter((one) => one !== undefined));
  return (method) => {
    const operation = operations.get(method);
    if (!operation) return patterns.length > 0;
    const isOther = (range: (typeof open)[number]) => (request: string) => !isIn(range, request);
    return patterns.some(({ pattern, range }) => reach.request(pattern, operation, isOther(range)) !== undefined);
  };
}

const operationOf = ({ httpMethod, path }: Method): Operation | undefined =>
  isKnown(httpMethod) && isLiteral(path) ? { method: httpMethod, path } : undefined;

/** Who can call the routes of an API that have no authorizer; the policy is read when the first is needed. */
export function callersOf(model: ApiModel, api: RestApi | HttpApi): (route: AnyRoute) => Callers {
  let found: ((route: AnyRoute) => Callers) | undefined;
  return (route) => {
    const callers = (found ??= read(model, api))(route);
    return callers === ANYONE && isMock(route) ? MOCK : callers;
  };
}

/** What a mock returns is in the template: no request gets any further. */
const isMock = (route: AnyRoute): boolean =>
  !('routeKey' in route) && isKnown(route.integration) && route.integration?.type === 'MOCK';

function read(model: ApiModel, api: RestApi | HttpApi): (route: AnyRoute) => Callers {
  const reaching = reachOf(model, api);
  if (api.kind === 'http' || api.policy === undefined) return () => reaching;
  const isOpenToAll = opensToAll(api);
  return (route) => ('routeKey' in route || isOpenToAll(route) ? reaching : POLICY);
}
