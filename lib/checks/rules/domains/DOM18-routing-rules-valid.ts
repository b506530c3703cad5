import { RESERVED_ROUTING_HEADERS } from '../../../facts/names';
import {
  BASE_PATHS_PER_ROUTING_RULE,
  HEADERS_PER_ROUTING_RULE,
  ROUTING_BASE_PATH_MAX_CHARACTERS,
  ROUTING_RULE_PRIORITY_MAX,
} from '../../../facts/quotas';
import { type RoutingCondition } from '../../../template/model/domains';
import { isKnown, knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside, resourceKey } from '../../queries/common';
import { apiLabel, domainLabel, type DomainRule, domainsOf, isOther } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM18',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'The routing rules of a domain are valid',
  why: 'A rule needs a routing mode, a unique priority from 1 to 1,000,000, at most two header conditions and one condition with one path, no header that API Gateway reserves, and a REST API; domains with HTTP APIs support no rules. Any other rule is rejected or never evaluated.',
  fix: {
    library: 'Use `ApiDomain.addRoutingRule`, which sets the mode.',
    cloudFormation:
      'Set `RoutingMode: ROUTING_RULE_THEN_BASE_PATH_MAPPING` (or `ROUTING_RULE_ONLY`) of the domain, and give each ' +
      '`AWS::ApiGatewayV2::RoutingRule` a valid priority, conditions and an action.',
  },
  link: guide('rest-api-routing-rules'),
  *check(model) {
    const priorities = new Map<string, string>();
    for (const rule of domainsOf(model).rules) {
      const { location, priority, domain, headers, basePaths } = rule;
      for (const wrong of faultsOf(rule)) {
        yield { location, message: `the rule ${wrong}` };
      }
      if (isKnown(headers) && headers > HEADERS_PER_ROUTING_RULE) {
        yield { location: inside(location, 'Conditions'), message: `the rule has ${headers} header conditions` };
      }
      if (isKnown(basePaths) && basePaths > BASE_PATHS_PER_ROUTING_RULE) {
        yield { location: inside(location, 'Conditions'), message: `the rule has ${basePaths} path conditions` };
      }
      for (const condition of knownOr(rule.conditions, [])) {
        for (const wrong of conditionFaults(condition)) {
          yield { location: condition.location, message: `a condition of the rule ${wrong}` };
        }
      }
      if (!domain) {
        continue;
      }
      const other = domainsOf(model).otherThanRestOf(domain);
      if (other) {
        yield {
          location,
          message: `the rule belongs to ${domainLabel(domain)}, to which ${apiLabel(other)} is mapped`,
        };
      }
      const key = `${resourceKey(domain.location)} ${isKnown(priority) ? priority : ''}`;
      const taken = priorities.get(key);
      if (isKnown(priority) && taken !== undefined) {
        yield {
          location: inside(location, 'Priority'),
          message: `the rule has the priority ${priority}, which ${taken} also has`,
        };
      }
      priorities.set(key, location.logicalId);
    }
  },
};

function* conditionFaults({ headers, basePaths }: RoutingCondition): Iterable<string> {
  const [names, paths] = [knownOr(headers, []), knownOr(basePaths, [])];
  if (names.length > 1) yield `has ${names.length} headers; one is allowed`;
  for (const { header } of names) {
    if (isKnown(header) && RESERVED_ROUTING_HEADERS.test(header)) {
      yield `uses the header "${header}", which API Gateway reserves`;
    }
  }
  if (paths.length > BASE_PATHS_PER_ROUTING_RULE) yield `has ${paths.length} paths; one is allowed`;
  for (const path of paths) {
    if (isKnown(path) && path.length > ROUTING_BASE_PATH_MAX_CHARACTERS)
      yield `has a path of ${path.length} characters`;
  }
}

function faultsOf({ priority, domain, apis }: DomainRule): string[] {
  const faults: string[] = [];
  if (isKnown(priority) && (!Number.isInteger(priority) || priority < 1 || priority > ROUTING_RULE_PRIORITY_MAX)) {
    faults.push(`has the priority ${priority}`);
  }
  const mode = domain?.routingMode;
  if (domain && (mode === undefined || (isKnown(mode) && !mode.startsWith('ROUTING_RULE_')))) {
    faults.push(`belongs to ${domainLabel(domain)}, whose RoutingMode is ${mode ?? 'not set'}`);
  }
  const other = apis.find(isOther);
  return other ? [...faults, `leads to ${apiLabel(other)}`] : faults;
}
