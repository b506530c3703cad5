import { type AdoptedPart } from '../authoring/adoption';

/**
 * Logical ids of the deployed resources that gateways of all kinds take over.
 */
export interface GatewayAdoptOptions {
  /**
   * The API: its id and the URL of its default endpoint remain.
   *
   * @default - the gateway's own
   */
  readonly api?: string;

  /**
   * The stages: key of the `stages` map → logical id. The name must remain as well: another name creates another stage.
   *
   * @default - the gateway's own
   */
  readonly stages?: { [stage: string]: string };

  /**
   * The log groups of access logs: key of the `stages` map → logical id. The name must remain as well
   * (`accessLog.logGroupName`): another name creates another group. Use `accessLog.logGroup` for a group whose name CloudFormation
   * generated.
   *
   * @default - the gateway's own
   */
  readonly accessLogs?: { [stage: string]: string };
}

/**
 * Logical ids of deployed API keys and usage plans.
 */
export interface UsagePlansAdoptOptions {
  /**
   * The API keys: name in `apiKeys` → logical id. The value remains unless `apiKeyName` or the given value changes.
   *
   * @default - the gateway's own
   */
  readonly apiKeys?: { [key: string]: string };

  /**
   * The usage plans: name in `usagePlans` → logical id.
   *
   * @default - the gateway's own
   */
  readonly usagePlans?: { [plan: string]: string };

  /**
   * The keys of the plans: `<plan>/<key>` → logical id of the `AWS::ApiGateway::UsagePlanKey`. A key cannot be added to a plan
   * twice.
   *
   * @default - the gateway's own
   */
  readonly usagePlanKeys?: { [planAndKey: string]: string };
}

/** The parts that gateways of all kinds have. */
export const gatewayParts = ({ api, stages, accessLogs }: GatewayAdoptOptions): AdoptedPart[] => [
  { option: 'api', id: 'Resource', given: api },
  { option: 'stages', id: 'Stage-', given: stages },
  { option: 'accessLogs', id: 'AccessLog-', given: accessLogs },
];

/** The parts of keys and plans. */
export const usagePlanParts = ({ apiKeys, usagePlans, usagePlanKeys }: UsagePlansAdoptOptions): AdoptedPart[] => [
  { option: 'apiKeys', id: 'ApiKey-', given: apiKeys },
  { option: 'usagePlans', id: 'UsagePlan-', given: usagePlans },
  {
    option: 'usagePlanKeys',
    id: 'UsagePlanKey-',
    given: usagePlanKeys,
    nameIn: (name) => name.replace('/', '-'),
    form: '"<plan>/<key>" with a plan of usagePlans and one of its apiKeys',
  },
];
