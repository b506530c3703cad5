import { isScalar, LineCounter, type Node, parseDocument, Scalar, type Tags, visit, YAMLMap, YAMLSeq } from 'yaml';

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
const LONG_FORM: Readonly<Record<string, string>> = {
  '!Ref': 'Ref',
  '!Condition': 'Condition',
  ...Object.fromEntries(FUNCTIONS.map((name) => [`!${name}`, `Fn::${name}`])),
};
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
export function parseCloudFormationYaml(text: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'yaml-1.1',
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    customTags: (tags) => tags.filter(isInCloudFormation).map(asInCloudFormation),
  });
  const fail = (message: string, offset: number): never => {
    const { line, col } = lines.linePos(offset);
    throw new Error(`line ${line}, column ${col}: ${message}`);
  };
  const [error] = document.errors;
  if (error) fail(inOurWords(error.message), error.pos[0]);
  visit(document, {
    Alias: (_key, alias, path) => {
      const target = alias.resolve(document);
      // JSON has no circles, and neither has CloudFormation.
      if (target && path.includes(target))
        fail(`*${alias.source} is inside of what it stands for`, alias.range?.[0] ?? 0);
    },
    Node: (_key, node) => {
      const { tag } = node as Node & { tag?: string };
      if (!tag?.startsWith('!')) return undefined;
      const long = LONG_FORM[tag];
      if (long === undefined) return fail(`${tag} is no function of CloudFormation`, node.range?.[0] ?? 0);
      delete (node as { tag?: string }).tag;
      return longForm(long, node);
    },
  });
  return document.toJS();
}

/** What the parser says to programmers. */
function inOurWords(message: string): string {
  if (message.startsWith('Maximum call stack')) return 'is nested too deep';
  return message.startsWith('Source contains multiple documents') ? 'a template is one document' : message;
}

function longForm(name: string, node: Node): YAMLMap {
  const map = new YAMLMap();
  map.set(name, name === 'Fn::GetAtt' && isScalar(node) ? attribute(String(node.value)) : node);
  return map;
}

/** `Nested.Outputs.Arn` is attribute `Outputs.Arn` of `Nested`. */
function attribute(text: string): YAMLSeq {
  const dot = text.indexOf('.');
  const seq = new YAMLSeq();
  for (const part of dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]) seq.add(new Scalar(part));
  return seq;
}
