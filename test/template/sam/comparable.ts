import { Expression } from '../../../lib/template/model/expression';
import { type ApiModel, type Location } from '../../../lib/template/model/model';
import { readModel } from '../../../lib/template/reader/read';
import { type CfnTemplate } from '../../../lib/template/reader/source';

/** Parts of the model that SAM has a say in. */
const PARTS = [
  'restApis',
  'detachedStages',
  'httpApis',
  'webSocketApis',
  'detachedV2Stages',
  'functions',
  'permissions',
  'usagePlans',
  'apiKeys',
  'domainNames',
  'domainMappings',
  'stateMachines',
  'serviceRoles',
  'connectionStatements',
] as const;

export const modelOfTemplate = (template: unknown): ApiModel =>
  readModel([{ file: 'template.yaml', template: template as CfnTemplate, bytes: 0 }]);

/** A model as JSON that two templates of the same meaning have in common. */
export function comparable(template: unknown): Record<string, unknown> {
  const whole = modelOfTemplate(template);
  // What lets other services call a function is none of our business.
  const permissions = whole.permissions.filter(({ principal }) => principal === 'apigateway.amazonaws.com');
  const model = { ...whole, permissions };
  return Object.fromEntries(PARTS.map((part) => [part, sorted(plain(model[part], []) as unknown[])]));
}

/** The order of resources means nothing. */
const sorted = (items: unknown[]): unknown[] =>
  items
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);

/** Lists of the model in the order of a document, which means nothing either. */
const UNORDERED = [
  'methods',
  'routes',
  'integrations',
  'authorizers',
  'validators',
  'models',
  'gatewayResponses',
  'parameters',
  'routeSettings',
  'Resource',
  'Statement',
];

/** What the model has from where things stand, and not from what they are; the parts of a deployment stand beside what they mean. */
const PLACES = ['reaches', 'reachesOneOf', 'bodyBytes', 'description', 'deployedParts', 'extraStage'];

function plain(value: unknown, path: readonly string[]): unknown {
  if (typeof value === 'symbol') return '?';
  if (typeof value === 'string' || value instanceof Expression) return text(String(value));
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.filter((item) => !isExtraStage(item)).map((item: unknown) => plain(item, path));
    return UNORDERED.includes(path.at(-1) ?? '') ? sorted(items) : items;
  }
  const entries = Object.entries(value).filter(([key, item]) => !PLACES.includes(key) && item !== undefined);
  return Object.fromEntries(
    entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [
        key,
        key === 'location'
          ? text((item as Location).logicalId)
          : plain(key === 'Statement' ? [item].flat() : item, [...path, key]),
      ]),
  );
}

/** The stage that a deployment of SAM makes by itself, which is none of the stages of a template. */
const isExtraStage = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'implicit' in value &&
  'stageName' in value &&
  value.stageName === 'Stage';

/** Without the hashes in ids, and with the partition of no Region in particular. */
function text(value: string): string {
  return value.replace(/(Deployment|Version)[0-9a-f]{10}\b/g, '$1').replace(/\barn:aws:/g, 'arn:<AWS::Partition>:');
}
