import { Token } from 'aws-cdk-lib';
import { type CfnRoutingRule } from 'aws-cdk-lib/aws-apigatewayv2';
import { RESERVED_ROUTING_HEADERS, ROUTING_HEADER, ROUTING_HEADER_VALUE } from '../facts/names';
import {
  BASE_PATHS_PER_ROUTING_RULE,
  HEADERS_PER_ROUTING_RULE,
  ROUTING_BASE_PATH_MAX_CHARACTERS,
  ROUTING_INFIX_MAX_CHARACTERS,
  ROUTING_RULE_PRIORITY_MAX,
} from '../facts/quotas';
import { type Owner, show } from '../authoring/errors';
import { ApiKind, type ApiMappingTarget } from './api';
import { ApiDomainRoutingMode, type ApiRoutingHeader, type ApiRoutingRuleOptions } from './domain-props';
import { checkKey, type MappingDefinition } from './mappings';

/** The routing rules of one domain, and the features that they exclude. */
export class RoutingRules {
  private readonly names = new Map<string, number>();

  constructor(private readonly mode: ApiDomainRoutingMode | undefined) {}

  /** The routing mode of the resource. */
  public get routingMode(): string | undefined {
    return this.mode ?? (this.names.size > 0 ? ApiDomainRoutingMode.RULES_THEN_MAPPINGS : undefined);
  }

  /** @throws if the rule is invalid, or conflicts with other rules or mappings */
  public check(name: string, options: ApiRoutingRuleOptions, owner: Owner): void {
    if (this.mode === ApiDomainRoutingMode.MAPPINGS_ONLY) {
      throw owner.error('routingMode MAPPINGS_ONLY allows no rules; leave it out, or set RULES_THEN_MAPPINGS');
    }
    if (this.names.has(name)) throw owner.error('a rule with this name exists already; choose another name');
    this.checkPriority(options.priority, owner);
    const { headers = [], basePaths = [] } = options;
    if (headers.length > HEADERS_PER_ROUTING_RULE) {
      throw owner.error(
        `has ${headers.length} headers; the maximum of a rule is ${HEADERS_PER_ROUTING_RULE}, and a request must have all of them`,
      );
    }
    for (const header of headers) checkHeader(header, owner);
    if (basePaths.length > BASE_PATHS_PER_ROUTING_RULE) {
      throw owner.error(
        `has ${basePaths.length} basePaths; API Gateway accepts ${BASE_PATHS_PER_ROUTING_RULE} per rule; add a rule for each`,
      );
    }
    for (const path of basePaths) checkBasePath(path, owner);
    if (options.stripBasePath && basePaths.length === 0) {
      throw owner.error('stripBasePath removes the base path that matched, but the rule has no basePaths');
    }
  }

  /** @throws if the API cannot be the target of a rule, or a mapped one excludes rules */
  public add(
    name: string,
    options: ApiRoutingRuleOptions,
    target: ApiMappingTarget,
    mappings: readonly MappingDefinition[],
    owner: Owner,
  ): void {
    if (target.kind !== ApiKind.REST) {
      throw owner.error(
        `${target.label} is not a REST API, and rules support only REST APIs; map it to a path instead`,
      );
    }
    const other = mappings.find((mapping) => mapping.target.kind !== ApiKind.REST);
    if (other) {
      throw owner.error(
        `${other.target.label} is on the domain, and rules support only REST APIs; give it a separate domain`,
      );
    }
    this.names.set(name, options.priority);
  }

  /** @throws if an API cannot be mapped to a domain with rules */
  public admitMapping(target: ApiMappingTarget, owner: Owner): void {
    if (this.mode === ApiDomainRoutingMode.RULES_ONLY) {
      throw owner.error(
        'routingMode RULES_ONLY allows no mappings; use addRoutingRule (a rule without conditions matches all requests that no other rule matched), or leave routingMode out',
      );
    }
    if (this.names.size > 0 && target.kind !== ApiKind.REST) {
      throw owner.error(
        `the domain has routing rules, which support only REST APIs, and ${target.label} is not one; give it a separate domain`,
      );
    }
  }

  private checkPriority(priority: number, owner: Owner): void {
    if (Token.isUnresolved(priority)) return;
    if (!Number.isInteger(priority) || priority < 1 || priority > ROUTING_RULE_PRIORITY_MAX) {
      throw owner.error(`priority must be a whole number from 1 to 1,000,000, got: ${show(priority)}`);
    }
    const [taken] = [...this.names].find(([, used]) => used === priority) ?? [];
    if (taken !== undefined) {
      throw owner.error(`priority ${priority} is taken by the rule "${taken}"; choose a unique priority`);
    }
  }
}

/** The conditions of the resource: every entry must hold. */
export function conditionsOf({
  headers = [],
  basePaths = [],
}: ApiRoutingRuleOptions): CfnRoutingRule.ConditionProperty[] {
  return [
    ...headers.map(({ header, value }) => ({ matchHeaders: { anyOf: [{ header, valueGlob: value }] } })),
    ...(basePaths.length > 0 ? [{ matchBasePaths: { anyOf: [...basePaths] } }] : []),
  ];
}

function checkBasePath(path: string, owner: Owner): void {
  if (Token.isUnresolved(path)) return;
  checkKey(path, 'basePaths:', owner);
  if (path.length > ROUTING_BASE_PATH_MAX_CHARACTERS) {
    throw owner.error(`basePaths: has ${path.length} characters; the maximum is ${ROUTING_BASE_PATH_MAX_CHARACTERS}`);
  }
}

function checkHeader({ header, value }: ApiRoutingHeader, owner: Owner): void {
  if (!Token.isUnresolved(header)) {
    if (!ROUTING_HEADER.test(header)) {
      throw owner.error(`header ${show(header)} must be 1 to 39 letters, digits and ?-!#$%&'.^_\`|~`);
    }
    if (RESERVED_ROUTING_HEADERS.test(header)) {
      throw owner.error(
        `header ${show(header)} is reserved by API Gateway, so no rule can match it; use a custom header, e.g. "x-preview"`,
      );
    }
  }
  if (Token.isUnresolved(value)) return;
  if (!ROUTING_HEADER_VALUE.test(value)) {
    throw owner.error(`the value ${show(value)} of "${header}" must be 1 to 127 letters, digits and *?-!#$%&'.^_\`|~`);
  }
  const isInfix = value.length > 1 && value.startsWith('*') && value.endsWith('*');
  if (isInfix && value.length > ROUTING_INFIX_MAX_CHARACTERS) {
    throw owner.error(
      `the value ${show(value)} of "${header}" has ${value.length} characters; with "*" at both ends the maximum is ${ROUTING_INFIX_MAX_CHARACTERS}`,
    );
  }
  if (value.slice(1, -1).includes('*')) {
    throw owner.error(`the value ${show(value)} of "${header}" may contain "*" only at its start and end`);
  }
}
