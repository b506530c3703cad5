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

/** The routing rules of one domain, and what they rule out. */
export class RoutingRules {
  private readonly names = new Map<string, number>();

  constructor(private readonly mode: ApiDomainRoutingMode | undefined) {}

  /** What the resource of the domain says. */
  public get routingMode(): string | undefined {
    return this.mode ?? (this.names.size > 0 ? ApiDomainRoutingMode.RULES_THEN_MAPPINGS : undefined);
  }

  /** @throws where the rule is not one, or cannot stand beside what is there */
  public check(name: string, options: ApiRoutingRuleOptions, owner: Owner): void {
    if (this.mode === ApiDomainRoutingMode.MAPPINGS_ONLY) {
      throw owner.error('routingMode MAPPINGS_ONLY takes no rules; leave it out, or set RULES_THEN_MAPPINGS');
    }
    if (this.names.has(name)) throw owner.error('there is a rule of this name already; give another name');
    this.checkPriority(options.priority, owner);
    const { headers = [], basePaths = [] } = options;
    if (headers.length > HEADERS_PER_ROUTING_RULE) {
      throw owner.error(
        `has ${headers.length} headers; a rule takes ${HEADERS_PER_ROUTING_RULE}, all of which a request must have`,
      );
    }
    for (const header of headers) checkHeader(header, owner);
    if (basePaths.length > BASE_PATHS_PER_ROUTING_RULE) {
      throw owner.error(
        `has ${basePaths.length} basePaths, and API Gateway takes ${BASE_PATHS_PER_ROUTING_RULE} a rule; add a rule for each`,
      );
    }
    for (const path of basePaths) checkBasePath(path, owner);
    if (options.stripBasePath && basePaths.length === 0) {
      throw owner.error('stripBasePath takes away the base path that matched, and the rule has no basePaths');
    }
  }

  /** @throws where the API is no target of a rule, or a mapped one rules them out */
  public add(
    name: string,
    options: ApiRoutingRuleOptions,
    target: ApiMappingTarget,
    mappings: readonly MappingDefinition[],
    owner: Owner,
  ): void {
    if (target.kind !== ApiKind.REST) {
      throw owner.error(`${target.label} is no REST API, and rules lead to REST APIs only; map it to a path instead`);
    }
    const other = mappings.find((mapping) => mapping.target.kind !== ApiKind.REST);
    if (other) {
      throw owner.error(
        `${other.target.label} is on the domain, and rules go with REST APIs only; give it a domain of its own`,
      );
    }
    this.names.set(name, options.priority);
  }

  /** @throws where an API with rules beside it cannot be mapped */
  public admitMapping(target: ApiMappingTarget, owner: Owner): void {
    if (this.mode === ApiDomainRoutingMode.RULES_ONLY) {
      throw owner.error(
        'routingMode RULES_ONLY takes no mappings; use addRoutingRule (a rule without conditions takes what no other rule took), or leave routingMode out',
      );
    }
    if (this.names.size > 0 && target.kind !== ApiKind.REST) {
      throw owner.error(
        `the domain has routing rules, which go with REST APIs only, and ${target.label} is none; give it a domain of its own`,
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
      throw owner.error(`priority ${priority} is that of the rule "${taken}" already; each rule has its own`);
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
    throw owner.error(`basePaths: has ${path.length} characters; a rule takes ${ROUTING_BASE_PATH_MAX_CHARACTERS}`);
  }
}

function checkHeader({ header, value }: ApiRoutingHeader, owner: Owner): void {
  if (!Token.isUnresolved(header)) {
    if (!ROUTING_HEADER.test(header)) {
      throw owner.error(`header ${show(header)} must be 1 to 39 letters, digits and ?-!#$%&'.^_\`|~`);
    }
    if (RESERVED_ROUTING_HEADERS.test(header)) {
      throw owner.error(
        `header ${show(header)} is one that API Gateway keeps to itself, and no rule can look at it; let callers send one of your own, e.g. "x-preview"`,
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
      `the value ${show(value)} of "${header}" has ${value.length} characters, and one with "*" at both ends takes ${ROUTING_INFIX_MAX_CHARACTERS}`,
    );
  }
  if (value.slice(1, -1).includes('*')) {
    throw owner.error(`the value ${show(value)} of "${header}" may have "*" at its start and its end only`);
  }
}
