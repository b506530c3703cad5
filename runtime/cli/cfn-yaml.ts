import { isScalar, type Node, Scalar, type Tags, visit, YAMLMap, YAMLSeq } from 'yaml';
import { readYaml, type ReadYaml } from '../../lib/template/reader/yaml';

/** The short forms of CloudFormation, `!Name` for `Fn::Name`. */
const FUNCTIONS = [
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
];
const LONG_FORM: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...FUNCTIONS.map((name) => [`!${name}`, `Fn::${name}`] as const),
]);
/** Of YAML 1.1, what CloudFormation does not know; a policy version such as 2012-10-17 stays text. */
const NOT_IN_CLOUDFORMATION = /:(timestamp|binary|omap|pairs|set)$/;

const BOOLEANS: Readonly<Record<string, RegExp>> = {
  true: /^(?:[Tt]rue|TRUE|[Yy]es|YES|[Oo]n|ON)$/,
  false: /^(?:[Ff]alse|FALSE|[Nn]o|NO|[Oo]ff|OFF)$/,
};

function isInCloudFormation(tag: Tags[number]): boolean {
  if (typeof tag === 'string') return true;
  return !NOT_IN_CLOUDFORMATION.test(tag.tag) && !('format' in tag && tag.format === 'TIME');
}

/** The single letters y and n are text to CloudFormation, as keys too. */
function asInCloudFormation(tag: Tags[number]): Tags[number] {
  if (typeof tag === 'string' || tag.collection !== undefined || !tag.tag.endsWith(':bool')) return tag;
  return { ...tag, test: BOOLEANS[String(tag.test?.test('true') ?? false)] };
}

/** A CloudFormation template in YAML as the object that the same template in JSON is. Throws with the line. */
export const parseCloudFormationYaml = (text: string): unknown => readCloudFormationYaml(text).value;

/** The same, with where its values are written, and the keys that it has twice. */
export function readCloudFormationYaml(text: string): ReadYaml {
  const options = {
    schema: 'yaml-1.1',
    customTags: (tags: Tags) => tags.filter(isInCloudFormation).map(asInCloudFormation),
  } as const;
  // Templates that a program wrote have none of the short forms.
  if (!text.includes('!')) return readYaml(text, options);
  return readYaml(text, options, (document, fail) => {
    visit(document, {
      Node: (_key, node) => {
        const { tag } = node as Node & { tag?: string };
        if (!tag?.startsWith('!')) return undefined;
        const long = LONG_FORM.get(tag);
        if (long === undefined) return fail(`${tag} is not a CloudFormation function`, node as Node);
        delete (node as { tag?: string }).tag;
        return longForm(long, node as Node);
      },
    });
  });
}

function longForm(name: string, node: Node): YAMLMap {
  const map = new YAMLMap();
  map.set(name, name === 'Fn::GetAtt' && isScalar(node) ? attribute(String(node.value)) : node);
  // What an alias stands for is the function, and not what it is given.
  const named = node as { anchor?: string };
  map.anchor = named.anchor;
  delete named.anchor;
  return map;
}

/** `Nested.Outputs.Arn` is attribute `Outputs.Arn` of `Nested`. */
function attribute(text: string): YAMLSeq {
  const dot = text.indexOf('.');
  const seq = new YAMLSeq();
  for (const part of dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]) seq.add(new Scalar(part));
  return seq;
}
