import { resourceKey } from '../../template/model/place';
import { Expression } from '../../template/model/expression';
import { type Resolved } from '../../template/model/resolved';
import { type PlainResource } from '../../template/reader/plain-resources';
import { type Move } from './move';
import { type Resources } from './resources';
import { isSameValue, literal, printed } from './values';

interface Setting {
  readonly name: string;
  readonly of: (properties: PlainResource['properties']) => Resolved | undefined;
  /** What the service takes on a REST API if the property is absent. */
  readonly byDefault: Resolved;
  /** The same on a private one. */
  readonly ofPrivate?: Resolved;
  readonly seen: string;
  readonly instead: string;
}

export const typesOf = (properties: PlainResource['properties']): Resolved | undefined => {
  const configuration = properties.EndpointConfiguration;
  if (configuration === undefined || configuration instanceof Expression) return configuration;
  const types = (configuration as Readonly<Record<string, Resolved>>).Types as Resolved | undefined;
  return Array.isArray(types) ? (types as readonly Resolved[])[0] : types;
};

/**
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-api-migration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
 */
const SETTINGS: readonly Setting[] = [
  {
    name: 'the endpoint type',
    of: typesOf,
    byDefault: 'EDGE',
    seen: 'clients reach the API another way; the URL remains',
    instead: 'set endpointType to that of before, and change it in a separate deployment',
  },
  {
    name: 'the security policy',
    of: ({ SecurityPolicy }) => SecurityPolicy,
    byDefault: 'TLS_1_0',
    ofPrivate: 'TLS_1_2',
    seen: 'clients with an older version of TLS or other ciphers are rejected',
    instead: 'set securityPolicy to that of before, and change it in a separate deployment',
  },
  {
    name: 'the access mode',
    of: ({ EndpointAccessMode }) => EndpointAccessMode,
    byDefault: 'BASIC',
    seen: 'requests that a proxy has rewritten are rejected, and leaving STRICT takes about 15 minutes in which calls fail',
    instead: 'set endpointAccessMode: EndpointAccessMode.BASIC',
  },
  {
    name: 'whether the default endpoint is disabled',
    of: ({ DisableExecuteApiEndpoint }) => DisableExecuteApiEndpoint,
    byDefault: false,
    seen: 'the URL of the default endpoint fails, or works again',
    instead: 'set disableExecuteApiEndpoint to the value of before',
  },
];

const TYPES = ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::DomainName'];

/** Settings of APIs and domains that remain, which callers notice. */
export function changesOfCallers(old: Resources, now: Resources, gone: ReadonlySet<string>): Move[] {
  return old.ofType(...TYPES).flatMap((before) => {
    const after = now.get(before);
    if (!after || gone.has(resourceKey(before))) return [];
    return SETTINGS.flatMap((setting): Move[] => {
      const valueOf = ({ type, properties }: PlainResource): Resolved | undefined => {
        const value = setting.of(properties);
        if (value !== undefined || type !== 'AWS::ApiGateway::RestApi') return value;
        return typesOf(properties) === 'PRIVATE' ? (setting.ofPrivate ?? setting.byDefault) : setting.byDefault;
      };
      const [was, is] = [valueOf(before), valueOf(after)];
      if (was === undefined || is === undefined || isSameValue(was, is) !== false) return [];
      const { template, logicalId, type } = before;
      return [
        {
          kind: 'changes',
          template,
          logicalId,
          type,
          what: `${setting.name} changes from ${literal(was) ?? printed(was)} to ${literal(is) ?? printed(is)}`,
          consequence: setting.seen,
          instead: setting.instead,
        },
      ];
    });
  });
}
