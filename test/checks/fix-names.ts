import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const ROOT = path.join(__dirname, '../..');
const CDK = path.join(ROOT, 'node_modules/aws-cdk-lib');

/** The members of a type that no file declares. */
const NOTHING: { readonly members: ReadonlySet<string>; readonly parents: ReadonlySet<string> } = {
  members: new Set(),
  parents: new Set(),
};

/** The names that some source files declare. */
export class Names {
  /** Class, interface or enumeration → its members and those of its parents' names. */
  private readonly owners = new Map<string, { readonly members: Set<string>; readonly parents: Set<string> }>();
  private readonly words = new Set<string>();

  /** @param only the types that count, with what they inherit; all where it is left out */
  constructor(
    files: readonly string[],
    private readonly only?: ReadonlySet<string>,
  ) {
    for (const file of files) {
      this.read(ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true));
    }
    for (const name of only ?? this.owners.keys()) this.count(name);
  }

  public has(word: string): boolean {
    return this.words.has(word);
  }

  /** Whether a type of that name is there. */
  public knows(owner: string): boolean {
    return this.owners.has(owner) && (this.only?.has(owner) ?? true);
  }

  public hasMember(owner: string, member: string): boolean {
    const { members, parents } = this.owners.get(owner) ?? NOTHING;
    return members.has(member) || [...parents].some((parent) => parent !== owner && this.hasMember(parent, member));
  }

  private count(name: string): void {
    const { members, parents } = this.owners.get(name) ?? NOTHING;
    [name, ...members].forEach((word) => this.words.add(word));
    [...parents].filter((parent) => parent !== name).forEach((parent) => this.count(parent));
  }

  private read(node: ts.Node): void {
    ts.forEachChild(node, (child) => {
      if (ts.isModuleDeclaration(child) || ts.isModuleBlock(child)) this.read(child);
      if (!ts.isClassDeclaration(child) && !ts.isInterfaceDeclaration(child) && !ts.isEnumDeclaration(child)) return;
      if (child.name) this.add(child.name.text, child);
    });
  }

  private add(name: string, node: ts.ClassDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration): void {
    const owner = this.owners.get(name) ?? { members: new Set<string>(), parents: new Set<string>() };
    this.owners.set(name, owner);
    for (const member of node.members) {
      const isHidden = ts.canHaveModifiers(member) && member.modifiers?.some(({ kind }) => HIDDEN.has(kind));
      if (!isHidden && member.name) owner.members.add(member.name.getText());
    }
    const parents = ts.isEnumDeclaration(node) ? [] : (node.heritageClauses ?? []).flatMap(({ types }) => [...types]);
    parents.forEach(({ expression }) => owner.parents.add(expression.getText().replace(/^.*\./, '')));
  }
}

const HIDDEN: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword]);

const filesIn = (folder: string, ending: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.join(folder, file));

/** The L1s of what the rules speak of. */
const L1_FILES = [
  'aws-apigateway/lib/apigateway.generated.d.ts',
  'aws-apigatewayv2/lib/apigatewayv2.generated.d.ts',
  'aws-cloudwatch/lib/cloudwatch.generated.d.ts',
  'aws-kinesisfirehose/lib/kinesisfirehose.generated.d.ts',
  'aws-lambda/lib/lambda.generated.d.ts',
  'aws-logs/lib/logs.generated.d.ts',
  'aws-route53/lib/route53.generated.d.ts',
  'aws-stepfunctions/lib/stepfunctions.generated.d.ts',
  'aws-wafv2/lib/wafv2.generated.d.ts',
].map((file) => path.join(CDK, file));

const L2_FOLDERS = [
  'aws-apigateway',
  'aws-apigatewayv2',
  'aws-apigatewayv2-authorizers',
  'aws-apigatewayv2-integrations',
  'aws-cloudwatch',
  'aws-kinesisfirehose',
  'aws-lambda',
  'aws-logs',
  'aws-stepfunctions',
];

const L2_FILES = [
  'aws-cloudfront/lib/distribution.d.ts',
  'aws-elasticloadbalancingv2/lib/alb/application-load-balancer.d.ts',
  'aws-iam/lib/policy-statement.d.ts',
  'aws-iam/lib/principals.d.ts',
  'aws-route53-targets/lib/api-gateway-domain-name.d.ts',
  'aws-route53-targets/lib/shared.d.ts',
  'aws-route53/lib/record-set.d.ts',
  'aws-sqs/lib/queue-base.d.ts',
  'core/lib/cfn-element.d.ts',
  'core/lib/cfn-resource.d.ts',
  'core/lib/duration.d.ts',
  'core/lib/size.d.ts',
  'core/lib/stack.d.ts',
  '../constructs/lib/construct.d.ts',
].map((file) => path.join(CDK, file));

/** What the L1s say, comments included: types of resources and values are there alone. */
export const l1Text = (): string => L1_FILES.map((file) => fs.readFileSync(file, 'utf8')).join('\n');

export const l1Names = (): Names => new Names(L1_FILES);

export const l2Names = (): Names =>
  new Names([
    ...L2_FOLDERS.flatMap((folder) => filesIn(path.join(CDK, folder, 'lib'), '.d.ts')),
    ...L2_FILES,
    path.join(CDK, 'aws-wafv2/lib/wafv2.generated.d.ts'),
  ]);

const sources = (): string[] =>
  filesIn(path.join(ROOT, 'lib'), '.ts').filter((file) => !file.endsWith('.d.ts') && !file.includes('/checks/rules/'));

/** What this library exports. */
export function libraryNames(): Names {
  const index = fs.readFileSync(path.join(ROOT, 'lib/index.ts'), 'utf8');
  const source = ts.createSourceFile('index.ts', index, ts.ScriptTarget.ES2022, true);
  const exported = new Set<string>();
  ts.forEachChild(source, (node) => {
    if (ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause)) {
      node.exportClause.elements.forEach(({ name }) => exported.add(name.text));
    }
  });
  return new Names(sources(), exported);
}

/** Names and values that the service has, as the library's own facts have them. */
export const factsText = (): string =>
  filesIn(path.join(ROOT, 'lib/facts'), '.ts')
    .map((file) => fs.readFileSync(file, 'utf8'))
    .join('\n');

/** The extensions of OpenAPI that the library reads or writes. */
export const openApiExtensions = (): Set<string> =>
  new Set(sources().flatMap((file) => fs.readFileSync(file, 'utf8').match(/x-amazon-apigateway-[a-z-]+/g) ?? []));
