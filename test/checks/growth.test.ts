import { RULES } from '../../lib/checks/registry';
import { readModel } from '../../lib/template/reader/read';
import { type ApiModel } from '../../lib/template/model/model';
import { workOf } from '../support/work';
import { readCorpus, templateOf } from './corpus/read';
import { type Json } from './draft';
import { source } from './support';

type Resources = Record<string, Json>;

const APIS = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];
/** Of which an API has a few, whatever it has of everything else. */
const SERVED = ['Stage', 'Deployment'].flatMap((type) => [`AWS::ApiGateway::${type}`, `AWS::ApiGatewayV2::${type}`]);
const DOMAINS = ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2', 'AWS::ApiGatewayV2::DomainName'];
const NAMES = ['Name', 'PathPart', 'StageName', 'RouteKey'];

/** What the copies refer to among themselves is of the same copy. */
function renamed(value: unknown, ids: ReadonlySet<string>, copy: string): unknown {
  const own = (id: string): string => (ids.has(id) ? `${id}${copy}` : id);
  if (typeof value === 'string') return value.replace(/(?<=\$\{)[A-Za-z0-9]+/g, own);
  if (Array.isArray(value)) return value.map((one) => renamed(one, ids, copy));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, held]: [string, unknown]) => {
      if (key === 'Ref') return [key, own(String(held))];
      if (key === 'Fn::GetAtt') {
        const [id, ...attribute] = typeof held === 'string' ? held.split('.') : (held as string[]);
        return [key, [own(id), ...attribute]];
      }
      return [key, key === 'DependsOn' ? [held].flat().map((id) => own(String(id))) : renamed(held, ids, copy)];
    }),
  );
}

/** So many copies of all resources but those of some types, which all copies share. */
function copied({ Resources }: { Resources: Resources }, copies: number, shared: readonly string[]): object {
  const isShared = ([, { Type }]: [string, Json]): boolean => shared.includes(String(Type));
  const all = Object.entries(Resources);
  const many = all.filter((one) => !isShared(one));
  const ids = new Set(many.map(([id]) => id));
  const made = Array.from({ length: copies }, (_, index) =>
    many.map(([id, body]): [string, unknown] => {
      const copy = renamed(body, ids, `C${index}`) as { Properties?: Record<string, unknown> };
      for (const name of NAMES) {
        const text = copy.Properties?.[name];
        if (typeof text === 'string' && !/^[${]/.test(text)) copy.Properties![name] = `${text}${index}`;
      }
      return [`${id}C${index}`, copy];
    }),
  );
  return { Resources: Object.fromEntries([...all.filter(isShared), ...made.flat()]) };
}

/** What the templates of an app may have many of. */
const WAYS: Readonly<Record<string, (template: { Resources: Resources }, copies: number) => object[]>> = {
  'of everything': (template, copies) => [copied(template, copies, [])],
  'of what is in an API': (template, copies) => [copied(template, copies, [...APIS, ...SERVED])],
  'of what is on a domain': (template, copies) => [copied(template, copies, DOMAINS)],
  'of templates': (template, copies) => Array.from({ length: copies }, () => template),
};

const SIZES = [3, 6, 9];
/** Work that grows with the square of the copies has 18 for each step of it; the count of steps is exact, so few copies do. */
const MOST = 8;

const corpus = readCorpus();

function modelOf(templates: readonly object[], region?: string): ApiModel {
  const stack = { region: region ?? 'eu-west-1', account: '123456789012' };
  return readModel(templates.map((template, index) => source(template, `cdk.out/t${index}.template.json`, stack)));
}

describe.each(Object.keys(WAYS))('the work of a rule grows in proportion: %s', (way) => {
  test.each(RULES.map(({ id }) => id))('%s', (id) => {
    const rule = RULES.find((one) => one.id === id)!;
    const { bad, good } = corpus.find((one) => one.rule === id)!;
    for (const tried of [...bad.slice(0, 2), ...good.slice(0, 1)]) {
      const template = templateOf(tried.bases[0], tried) as { Resources: Resources };
      const [one, two, three] = SIZES.map((copies) => {
        const model = modelOf(WAYS[way](template, copies), tried.region);
        return workOf(() => Array.from(rule.check(model)));
      });
      const bend = three - 2 * two + one;
      if (bend > MOST) throw new Error(`${tried.title}: ${one} → ${two} → ${three}`);
    }
  });
});
