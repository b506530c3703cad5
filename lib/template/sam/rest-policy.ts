import { ANY, type ApiDocument } from './document';
import { CANNOT_TELL, dict, given, isIntrinsic, type Json, list, sub } from './json';

const POLICY = 'x-amazon-apigateway-policy';

/** `{id}` and `{proxy+}` as `*`: any value of a path variable, in an ARN. */
export const pathInArn = (path: string): string => path.replace(/\{[A-Za-z0-9._-]+\+?\}/g, '*');

/**
 * What `ResourcePolicy` says of a path. Lists of accounts, addresses and networks are separate statements.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-resourcepolicystatement.html
 */
export function addResourcePolicy(document: ApiDocument, policy: Json, path: string, stage: unknown): void {
  const resources = resourcesOf(document, path, stage);
  const statements = new StatementsOf(document);
  const { AwsAccountWhitelist: accounts, AwsAccountBlacklist: deniedAccounts } = policy;
  for (const [effect, principals] of [
    ['Allow', accounts],
    ['Deny', deniedAccounts],
  ] as const) {
    if (given(principals) === undefined) continue;
    const AWS = Array.isArray(principals) ? (principals as unknown[]) : [principals];
    statements.append({ Effect: effect, Action: 'execute-api:Invoke', Resource: resources, Principal: { AWS } });
  }
  let isAllowed = false;
  const deny = (operator: string, condition: Json): void => {
    const statement = { Action: 'execute-api:Invoke', Resource: resources, Principal: '*' };
    if (!isAllowed) statements.append({ Effect: 'Allow', ...statement });
    statements.append({ Effect: 'Deny', ...statement, Condition: { [operator]: condition } });
    isAllowed = true;
  };
  for (const [operator, addresses] of [
    ['NotIpAddress', policy.IpRangeWhitelist],
    ['IpAddress', policy.IpRangeBlacklist],
  ] as const) {
    if (given(addresses) !== undefined) {
      deny(operator, { 'aws:SourceIp': Array.isArray(addresses) ? (addresses as unknown[]) : [addresses] });
    }
  }
  for (const [operator, kind] of [
    ['StringEquals', 'Blacklist'],
    ['StringNotEquals', 'Whitelist'],
  ] as const) {
    const condition = networks(policy, kind);
    if (hidesNetworks(policy[`SourceVpc${kind}`])) document.root[POLICY] = CANNOT_TELL;
    else if (condition) deny(operator, condition);
  }
}

/** Statements that are in a policy as they are. */
export function addCustomStatements(document: ApiDocument, policy: Json): void {
  const custom = policy.CustomStatements;
  if (isIntrinsic(custom)) {
    document.root[POLICY] = CANNOT_TELL;
  } else if (given(custom) !== undefined) {
    new StatementsOf(document).append(...(Array.isArray(custom) ? (custom as unknown[]) : [custom]));
  }
}

/** Whether only the deployment knows if they are VPCs or VPC endpoints; SAM reads parameters before. */
const hidesNetworks = (names: unknown): boolean => isIntrinsic(names) || list(names).some(isIntrinsic);

/** VPCs and VPC endpoints; undefined if none is named. */
function networks(policy: Json, kind: 'Blacklist' | 'Whitelist'): Json | undefined {
  const named = list(policy[`SourceVpc${kind}`]);
  const isLike = (prefix: string) => (name: unknown) => typeof name === 'string' && name.startsWith(prefix);
  const vpcs = [...named.filter(isLike('vpc-')), ...list(policy[`IntrinsicVpc${kind}`])];
  const endpoints = [...named.filter(isLike('vpce-')), ...list(policy[`IntrinsicVpce${kind}`])];
  const condition: Json = {};
  if (vpcs.length > 0) condition['aws:SourceVpc'] = vpcs;
  if (endpoints.length > 0) condition['aws:SourceVpce'] = endpoints;
  return given(condition);
}

function resourcesOf(document: ApiDocument, path: string, stage: unknown): Json[] {
  return document
    .pathItems(path)
    .flatMap((item) => Object.keys(item))
    .map((name) => (name === ANY || name.toLowerCase() === 'any' ? '*' : name.toUpperCase()))
    .map((method) => sub(`execute-api:/\${__Stage__}/${method}${pathInArn(path)}`, { __Stage__: stage }));
}

/** The statements of the document's policy, to which others are appended. */
class StatementsOf {
  constructor(private readonly document: ApiDocument) {}

  public append(...statements: unknown[]): void {
    const { root } = this.document;
    // Nothing that is known makes the whole known.
    if (isIntrinsic(root[POLICY])) return;
    const policy = dict(root[POLICY]);
    const written = policy?.Statement;
    const all = written === undefined ? [] : Array.isArray(written) ? (written as unknown[]) : [written];
    root[POLICY] = { ...policy, Version: '2012-10-17', Statement: [...all, ...statements] };
  }
}
