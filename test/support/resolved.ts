import { type Json } from './stacks';

const REGION = 'eu-west-1';
const ACCOUNT = '111122223333';
const PSEUDO: Readonly<Record<string, unknown>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::NoValue': undefined,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** A reference whose value only a deployment knows. */
export const UNKNOWN = Symbol('unknown');

/** Properties with the intrinsics of one template worked out, as a deployment to one account would; `UNKNOWN` what it makes up. */
export class Resolver {
  constructor(
    private readonly template: Json,
    private readonly stackName: string,
  ) {}

  public of(value: Json): unknown {
    if (Array.isArray(value)) return value.map((item) => this.of(item)).filter((item) => item !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const [key, ...others] = Object.keys(value);
    if (others.length === 0 && (key === 'Ref' || key?.startsWith('Fn::'))) return this.call(key, value[key]);
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.of(item)]));
  }

  private call(name: string, argument: Json): unknown {
    switch (name) {
      case 'Ref':
        return this.ref(argument as string);
      case 'Fn::Join': {
        const parts = this.of(argument[1]);
        return Array.isArray(parts) && !parts.includes(UNKNOWN) ? parts.join(argument[0] as string) : UNKNOWN;
      }
      case 'Fn::Sub':
        return this.sub(argument);
      case 'Fn::Split': {
        const text = this.of(argument[1]);
        return typeof text === 'string' ? text.split(argument[0] as string) : UNKNOWN;
      }
      case 'Fn::Select': {
        const list = this.of(argument[1]);
        return Array.isArray(list) ? list[Number(argument[0])] : UNKNOWN;
      }
      case 'Fn::If':
        return this.of(argument[1]);
      default:
        return UNKNOWN;
    }
  }

  private sub(argument: Json): unknown {
    const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
    let known = true;
    const replaced = (text as string).replace(/\$\{([^!}]+)\}/g, (_, name: string) => {
      const value = name in own ? this.of(own[name]) : name.includes('.') ? UNKNOWN : this.ref(name);
      if (typeof value === 'symbol') known = false;
      return String(value);
    });
    return known ? replaced.replaceAll('${!', '${') : UNKNOWN;
  }

  /** Names that were written out stand for themselves; what the service makes up does not. */
  private ref(id: string): unknown {
    if (id in PSEUDO) return PSEUDO[id];
    if (id === 'AWS::StackName') return this.stackName;
    if (id === 'AWS::StackId') {
      return `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${this.stackName}/0a1b2c3d-0000-1111-2222-333344445555`;
    }
    const parameter: Json = this.template.Parameters?.[id];
    if (parameter) return parameter.Default ?? UNKNOWN;
    const { Type: type, Properties: properties = {} }: Json = this.template.Resources[id] ?? {};
    const name = NAMES[type as string];
    return name !== undefined && properties[name] !== undefined ? this.of(properties[name]) : UNKNOWN;
  }
}

/** Types whose reference is a name that the template may have written out. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::DomainName': 'DomainName',
  'AWS::ApiGateway::Stage': 'StageName',
  'AWS::ApiGatewayV2::Stage': 'StageName',
  'AWS::Logs::LogGroup': 'LogGroupName',
};
