import { type LogGroups } from './log-groups';
import {
  type Alarm,
  type AlarmMetric,
  type Country,
  type MetricFilter,
  type StateMachine,
  type VpcLink,
  type WebAcl,
  type WebAclLog,
} from '../model/neighbours';
import { Node } from '../reader/node';
import { type App } from '../reader/scope';
import { isLiteral, type Text, UNKNOWN_TEXT } from '../model/text';
import { UNKNOWN, type Value } from '../model/value';
import { put } from '../../lookup/named';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

const nodes = (app: App, type: string): Node[] =>
  [...app.ofType(type)].map(({ scope, logicalId }) => Node.properties(scope, logicalId));

/** What is unknown as a whole, else each element. */
function each<T>(items: Value<Node[]>, read: (node: Node) => T): Value<T[]> {
  return items === UNKNOWN ? UNKNOWN : items.map(read);
}

export function readVpcLinks(app: App): VpcLink[] {
  return [
    ...nodes(app, 'AWS::ApiGateway::VpcLink').map((node): VpcLink => ({
      location: node.location,
      version: 1,
      targets: each(node.get('TargetArns').items(), (target) => ({
        arn: target.text() ?? UNKNOWN_TEXT,
        loadBalancerType: loadBalancerType(app, target),
      })),
      subnetIds: [],
      securityGroupIds: [],
    })),
    ...nodes(app, 'AWS::ApiGatewayV2::VpcLink').map((node): VpcLink => ({
      location: node.location,
      version: 2,
      targets: [],
      subnetIds: each(node.get('SubnetIds').items(), (subnet) => subnet.text() ?? UNKNOWN_TEXT),
      securityGroupIds: each(node.get('SecurityGroupIds').items(), (group) => group.text() ?? UNKNOWN_TEXT),
    })),
  ];
}

/** `application` is what the service takes where nothing is said. */
export function loadBalancerType(app: App, target: Node): Value<string> | undefined {
  const ref = target.resource(LOAD_BALANCER);
  const scope = ref && ref !== UNKNOWN ? app.scopes.get(ref.template) : undefined;
  return scope && ref && ref !== UNKNOWN
    ? (Node.properties(scope, ref.logicalId).get('Type').string() ?? 'application')
    : undefined;
}

export function readStateMachines(app: App): StateMachine[] {
  return nodes(app, 'AWS::StepFunctions::StateMachine').map((node) => ({
    location: node.location,
    type: node.get('StateMachineType').string(),
  }));
}

export function readAlarms(app: App): Alarm[] {
  return nodes(app, 'AWS::CloudWatch::Alarm').map((node) => {
    const own = node.get('MetricName').isAbsent ? [] : [metric(node, node.get('Dimensions'), node.get('Namespace'))];
    const queries = each(node.get('Metrics').items(), (query) => {
      const it = query.get('MetricStat').get('Metric');
      return metric(it, it.get('Dimensions'), it.get('Namespace'));
    });
    return { location: node.location, metrics: queries === UNKNOWN ? UNKNOWN : [...own, ...queries] };
  });
}

function metric(node: Node, dimensions: Node, namespace: Node): AlarmMetric {
  const record: Record<string, Text> = {};
  const items = dimensions.items();
  let isTold = items !== UNKNOWN;
  for (const item of items === UNKNOWN ? [] : items) {
    const name = item.get('Name').text() ?? '';
    if (isLiteral(name)) {
      put(record, name, item.get('Value').text() ?? '');
    } else {
      isTold = false;
    }
  }
  return {
    namespace: namespace.text(),
    name: node.get('MetricName').text(),
    dimensions: isTold ? record : UNKNOWN,
  };
}

export function readWebAcls(app: App): WebAcl[] {
  return nodes(app, 'AWS::WAFv2::WebACL').map((node) => ({
    location: node.location,
    scope: node.get('Scope').string(),
    managedGroups: managedGroups(node.get('Rules').items()),
    countries: node
      .get('Rules')
      .knownItems()
      .flatMap((rule) => countriesOf(rule.get('Statement'))),
    blocksOthers: node.get('DefaultAction').isObject ? !node.get('DefaultAction').get('Block').isAbsent : UNKNOWN,
  }));
}

/** Of a statement and all within it. */
function countriesOf(statement: Node): Country[] {
  const geo = statement.get('GeoMatchStatement').get('CountryCodes');
  const within = ['AndStatement', 'OrStatement'].flatMap((name) => statement.get(name).get('Statements').knownItems());
  const single = ['NotStatement', 'RateBasedStatement', 'ManagedRuleGroupStatement'].flatMap((name) =>
    ['Statement', 'ScopeDownStatement'].map((inner) => statement.get(name).get(inner)),
  );
  return [
    ...geo.knownItems().map((code): Country => ({ location: code.location, code: code.string() })),
    ...[...within, ...single].filter((inner) => inner.isObject).flatMap(countriesOf),
  ];
}

export function readMetricFilters(app: App): MetricFilter[] {
  return nodes(app, 'AWS::Logs::MetricFilter').map((node) => ({
    location: node.location,
    filterName: node.get('FilterName').string(),
    metrics: node
      .get('MetricTransformations')
      .knownItems()
      .map((metric) => ({
        location: metric.location,
        name: metric.get('MetricName').string(),
        namespace: metric.get('MetricNamespace').string(),
      })),
  }));
}

function managedGroups(rules: Value<Node[]>): Value<string[]> {
  const names: string[] = [];
  for (const rule of rules === UNKNOWN ? [] : rules) {
    const statement = rule.get('Statement');
    const group = statement.get('ManagedRuleGroupStatement');
    const name = group.get('Name').string();
    if (!statement.isObject || (!group.isAbsent && typeof name !== 'string')) {
      return UNKNOWN;
    }
    // A rule group of one's own may hold anything, and so may a managed one inside of other statements.
    if (!statement.get('RuleGroupReferenceStatement').isAbsent) {
      return UNKNOWN;
    }
    if (typeof name === 'string') {
      names.push(name);
    }
  }
  return rules === UNKNOWN ? UNKNOWN : names;
}

export function readWebAclLogs(app: App, logGroups: LogGroups): WebAclLog[] {
  return nodes(app, 'AWS::WAFv2::LoggingConfiguration').map((node) => {
    const destinations = node.get('LogDestinationConfigs').knownItems();
    return {
      location: node.location,
      webAclArn: node.get('ResourceArn').text(),
      destination: destinations[0]?.text(),
      logGroup: destinations[0] && logGroups.ofDestination(destinations[0]),
      redactedHeaders: each(node.get('RedactedFields').items(), (field) => {
        const name = field.get('SingleHeader').get('Name').text() ?? '';
        return isLiteral(name) ? name.toLowerCase() : name;
      }),
    };
  });
}
